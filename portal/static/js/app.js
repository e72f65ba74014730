// Marks that scripts run, and starts the components of GOV.UK Frontend.
import { initAll } from "../vendor/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
