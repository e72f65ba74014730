"""Words of the authority to companies. No framework here."""

THANKS = (
    "Information that companies gave us helped to prevent harm."
    " Thank you for your attention and for working with us."
)
