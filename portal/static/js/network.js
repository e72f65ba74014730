// The network that one can walk: the tables of the page, drawn, and kept equal to what is drawn.
const MOST = 200; // parts of a picture
const DAY = 86400000;
const LARGEST = 1.5; // zoom at which a few parts fill the canvas
const SHAPES = { circle: "ellipse", square: "rectangle", triangle: "triangle", diamond: "diamond", hexagon: "hexagon", cross: "polygon" };
const CROSS = "-1 -0.4 -0.4 -0.4 -0.4 -1 0.4 -1 0.4 -0.4 1 -0.4 1 0.4 0.4 0.4 0.4 1 -0.4 1 -0.4 0.4 -1 0.4";
const STYLE = [
  { selector: "node", style: { label: "data(short)", shape: (n) => SHAPES[n.data("shape")], "shape-polygon-points": CROSS, "background-color": "data(colour)", width: 26, height: 26, color: "#0b0c0c", "font-family": "Noto Sans, Noto Sans Arabic, sans-serif", "font-size": 14, "text-valign": "bottom", "text-margin-y": 4, "text-wrap": "ellipsis", "text-max-width": 190, "text-background-color": "#ffffff", "text-background-opacity": 0.85 } },
  { selector: "node[more = 'yes']", style: { "border-width": 3, "border-style": "double", "border-color": "#0b0c0c" } },
  { selector: ".centre", style: { width: 38, height: 38, "font-weight": 700 } },
  { selector: "edge", style: { width: 1.5, "line-color": "#8a9093", "curve-style": "straight" } },
  { selector: ".pinned", style: { "border-width": 4, "border-style": "solid", "border-color": "#0b0c0c" } },
  { selector: "edge.path", style: { "line-color": "#b10e1e", width: 5 } },
  { selector: "node.path", style: { "border-width": 5, "border-style": "solid", "border-color": "#b10e1e" } },
  { selector: "node:selected", style: { "overlay-color": "#ffdd00", "overlay-opacity": 0.55, "overlay-padding": 6, "font-weight": 700 } },
  { selector: ".late, .hidden", style: { display: "none" } },
];

const root = document.getElementById("network");
const find = (name) => root.querySelector(`[data-${name}]`);
const nodesTable = document.querySelector("#nodes tbody");
const linksTable = document.querySelector("#links tbody");
const slider = document.getElementById("until");
const rows = new Map(); // key of a part: its row
let cy;
let width;

function say(text) { find("said").textContent = text; }

function cell(label, content) {
  const one = document.createElement("td");
  one.className = "govuk-table__cell";
  one.dataset.label = label;
  const inner = document.createElement("bdi");
  inner.append(content || "–");
  one.append(inner);
  return one;
}

// A part that came later gets the same row as those that the server drew.
function addRow(node) {
  const row = document.createElement("tr");
  row.className = "govuk-table__row";
  Object.assign(row.dataset, { node: node.key, sort: node.sort, shape: node.shape, colour: node.colour, label: node.label, short: node.short || node.label, received: node.received_at || "", expand: node.expand, more: node.more ? "yes" : "" });
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.href = node.address;
  link.append(node.label);
  const deeds = cell("Do", "");
  deeds.dataset.deeds = "";
  deeds.replaceChildren();
  row.append(cell("Part", link), cell("What", node.what), cell("More of it", node.detail || (node.more ? "more than shown" : "")), cell("Received", node.filed), deeds);
  nodesTable.append(row);
  return row;
}

function addLinkRow(link) {
  const row = document.createElement("tr");
  row.className = "govuk-table__row";
  Object.assign(row.dataset, { submission: link.submission, subject: link.subject });
  const label = (key) => rows.get(key).dataset.label;
  row.append(cell("Submission", label(link.submission)), cell("Names", label(link.subject)), cell("In the answer", link.words));
  linksTable.append(row);
}

const idOf = (row) => `${row.dataset.submission}>${row.dataset.subject}`;

// Draw what a row says; give the row its buttons and the lists their choice.
function draw(row) {
  const { node: key, sort, shape, colour, label, short, received, expand, more } = row.dataset;
  rows.set(key, row);
  cy.add({ group: "nodes", data: { id: key, sort, shape, colour, label, short, received, expand, more }, classes: key === root.dataset.centre ? "centre" : "" });
  const deeds = row.querySelector("[data-deeds]");
  const group = document.createElement("div");
  group.className = "network-deeds";
  for (const [deed, words] of [["expand", "Expand"], ["hide", "Hide"], ["pin", "Pin"]]) {
    if (deed === "expand" && !expand) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button-link";
    button.textContent = words;
    button.setAttribute("aria-label", `${words}: ${label}`);
    button.addEventListener("click", () => DEEDS[deed](cy.getElementById(key)));
    group.append(button);
  }
  deeds.replaceChildren(group);
  deeds.hidden = false;
}

function drawLink(row) {
  const { submission, subject } = row.dataset;
  if (cy.getElementById(idOf(row)).empty() && rows.has(submission) && rows.has(subject)) {
    cy.add({ group: "edges", data: { id: idOf(row), source: submission, target: subject } });
  }
}

function addChoice(key, label) {
  for (const list of [document.getElementById("begin"), document.getElementById("end")]) {
    list.append(new Option(label, key));
  }
}

function arrange() {
  shownAll().layout({ name: "cose", animate: false, randomize: false, padding: 30, nodeRepulsion: () => 400000, nodeOverlap: 20, idealEdgeLength: () => 90, gravity: 0.3, numIter: 1000 }).run();
  stretch();
}

// Fill the canvas in both directions: names need the room.
function stretch() {
  const shown = shownNodes();
  const [first, last] = ["x", "y"].map((axis) => shown.map((node) => node.position(axis))).map((all) => [Math.min(...all), Math.max(...all)]).reduce((wide, tall) => [wide[1] - wide[0], tall[1] - tall[0]]);
  if (!first || !last) return fit();
  const wanted = cy.width() / cy.height();
  const by = Math.min(3, Math.max(1 / 3, wanted / (first / last)));
  shown.not(":locked").positions((node) => ({ x: node.position("x") * Math.sqrt(by) * 0.9, y: (node.position("y") / Math.sqrt(by)) * 0.9 }));
  return fit();
}

function fit(some = shownAll()) {
  cy.fit(some, 40);
  if (cy.zoom() > LARGEST) cy.zoom(LARGEST);
  cy.center(some);
}

// Asked of the classes, which change at once; the drawn style follows with the next picture.
const isShown = (node) => !node.hasClass("hidden") && !node.hasClass("late");
const shownNodes = () => cy.nodes().filter(isShown);
const shownEdges = () => cy.edges().filter((edge) => edge.connectedNodes().every(isShown));
const shownAll = () => shownNodes().union(shownEdges());

// The tables show what is drawn: hidden parts are struck through and their links are gone.
function settle() {
  for (const [key, row] of rows) {
    const node = cy.getElementById(key);
    row.classList.toggle("network-gone", !isShown(node));
    const pin = row.querySelector("[aria-label^='Pin'], [aria-label^='Unpin']");
    const words = node.locked() ? "Unpin" : "Pin";
    pin.textContent = words;
    pin.setAttribute("aria-label", `${words}: ${row.dataset.label}`);
  }
  for (const row of linksTable.rows) row.hidden = !cy.getElementById(idOf(row)).connectedNodes().every(isShown);
}

function filter() {
  const last = Number(slider.value) * DAY + DAY;
  cy.batch(() => {
    cy.nodes().forEach((node) => node.toggleClass("late", Boolean(node.data("received")) && Date.parse(node.data("received")) >= last && node.id() !== root.dataset.centre));
    cy.nodes().forEach((node) => {
      if (["submission", "hidden"].includes(node.data("sort")) || node.id() === root.dataset.centre) return;
      node.toggleClass("late", node.neighborhood("node").nonempty() && node.neighborhood("node").not(".late").empty());
    });
  });
  const day = new Date(Number(slider.value) * DAY).toISOString().slice(0, 10);
  slider.setAttribute("aria-valuetext", day);
  find("until").textContent = `Shown: what was received up to ${day}, and submissions whose day you may not know.`;
  settle();
}

function setSlider(keep) {
  const days = [...rows.values()].filter((row) => row.dataset.received).map((row) => Math.floor(Date.parse(row.dataset.received) / DAY));
  if (!days.length) days.push(Math.floor(Date.now() / DAY));
  slider.min = Math.min(...days);
  const atEnd = !keep || Number(slider.value) >= Number(slider.max);
  slider.max = Math.max(...days);
  if (atEnd) slider.value = slider.max;
  filter();
}

function choose(node, quietly) {
  cy.nodes().unselect();
  node.select();
  const { x, y } = node.renderedPosition();
  if (!quietly && (x < 30 || y < 30 || x > cy.width() - 30 || y > cy.height() - 40)) cy.center(node);
  const row = rows.get(node.id());
  const links = node.connectedEdges().intersection(shownEdges()).length;
  say(`${row.cells[1].textContent.trim()}: ${row.dataset.label}. ${links} links. ${row.cells[2].textContent.trim()}`);
}

const chosen = () => cy.nodes(":selected").first();

async function expand(node) {
  if (!node.data("expand")) return say("This is another officer’s. Open its page to give a reason.");
  const answer = await fetch(node.data("expand"), { headers: { Accept: "application/json" } });
  if (!answer.ok) return say("That could not be read. Open the page again.");
  const told = await answer.json();
  const at = node.position();
  let added = 0;
  let left = 0;
  for (const one of told.nodes) {
    if (rows.has(one.key)) continue;
    if (rows.size >= MOST) { left += 1; continue; }
    draw(addRow(one));
    addChoice(one.key, one.label);
    const turn = (added * 2.4) % (2 * Math.PI);
    cy.getElementById(one.key).position({ x: at.x + 110 * Math.cos(turn), y: at.y + 110 * Math.sin(turn) });
    added += 1;
  }
  for (const link of told.links) {
    if (!rows.has(link.submission) || !rows.has(link.subject)) continue;
    if (cy.getElementById(`${link.submission}>${link.subject}`).empty()) addLinkRow(link);
  }
  for (const row of linksTable.rows) drawLink(row);
  setSlider(true);
  if (added) arrange();
  say(`${added} added around ${node.data("label")}.${left ? ` ${left} left out: the picture holds ${MOST} parts.` : ""}`);
  return undefined;
}

const DEEDS = {
  expand,
  hide(node) {
    node.toggleClass("hidden");
    settle();
    say(`${node.data("label")}: ${node.hasClass("hidden") ? "hidden" : "shown again"}.`);
  },
  pin(node) {
    if (node.locked()) node.unlock(); else node.lock();
    node.toggleClass("pinned", node.locked());
    settle();
    say(`${node.data("label")}: ${node.locked() ? "pinned" : "no longer pinned"}.`);
  },
  open(node) { window.location.assign(rows.get(node.id()).querySelector("a").href); },
};

const TOOLS = {
  all() { cy.nodes().removeClass("hidden"); slider.value = slider.max; filter(); say("Everything is shown."); },
  arrange() { arrange(); },
  fit: () => fit(),
  print() { window.print(); },
  path() {
    const [begin, end] = ["begin", "end"].map((name) => cy.getElementById(document.getElementById(name).value));
    cy.elements().removeClass("path");
    const way = shownAll().aStar({ root: begin, goal: end, directed: false });
    if (!way.found) return say("No path in what is shown. Expand more, or show all again.");
    way.path.addClass("path");
    fit(way.path);
    return say(`Path in ${way.distance} steps: ${way.path.nodes().map((node) => node.data("label")).join(" – ")}`);
  },
  async png() { save(await cy.png({ output: "blob-promise", full: true, scale: 2, bg: "#ffffff" }), "png"); },
  json() {
    const nodes = shownNodes().map((node) => ({ key: node.id(), sort: node.data("sort"), label: node.data("label"), received_at: node.data("received") || null, pinned: node.locked(), x: Math.round(node.position("x")), y: Math.round(node.position("y")) }));
    const links = shownEdges().map((edge) => ({ submission: edge.source().id(), subject: edge.target().id() }));
    save(new Blob([JSON.stringify({ nodes, links }, null, 1)], { type: "application/json" }), "json");
  },
  csv() {
    const safe = (text) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
    const lines = [["Submission", "Names", "In the answer"], ...[...linksTable.rows].filter((row) => !row.hidden).map((row) => [...row.cells].map((one) => one.textContent.trim()))];
    save(new Blob(["\ufeff", lines.map((line) => line.map(safe).join(",")).join("\r\n"), "\r\n"], { type: "text/csv" }), "csv");
  },
};

function save(blob, ending) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `network.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  say(`Kept as network.${ending}.`);
}

function step(by) {
  const shown = shownNodes();
  if (shown.empty()) return;
  const place = shown.toArray().findIndex((node) => node.selected());
  choose(shown[(place + by + shown.length) % shown.length]);
}

const KEYS = {
  ArrowRight: () => step(1), ArrowDown: () => step(1), ArrowLeft: () => step(-1), ArrowUp: () => step(-1),
  e: () => withChosen("expand"), Enter: () => withChosen("expand"), h: () => withChosen("hide"), p: () => withChosen("pin"), o: () => withChosen("open"),
  "+": () => cy.zoom(cy.zoom() * 1.25), "-": () => cy.zoom(cy.zoom() / 1.25), 0: () => TOOLS.fit(), Escape: () => cy.nodes().unselect(),
};

function withChosen(deed) {
  if (chosen().nonempty()) DEEDS[deed](chosen()); else say("Choose a part first, with the arrows or a click.");
}

function listen() {
  cy.on("tap", "node", (event) => choose(event.target, true));
  cy.on("dbltap", "node", (event) => expand(event.target));
  find("canvas").addEventListener("keydown", (event) => {
    const deed = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!deed || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    deed();
  });
  for (const button of root.querySelectorAll("[data-tools] [data-deed]")) {
    const { deed } = button.dataset;
    button.addEventListener("click", () => (TOOLS[deed] ? TOOLS[deed]() : withChosen(deed)));
  }
  slider.addEventListener("input", filter);
  new ResizeObserver(() => { cy.resize(); if (Math.abs(cy.width() / width - 1) > 0.3) { width = cy.width(); stretch(); } else fit(); }).observe(find("canvas"));
  document.getElementById("find").addEventListener("input", (event) => {
    const text = event.target.value.trim().toLowerCase();
    const hit = text && shownNodes().filter((node) => node.data("label").toLowerCase().includes(text)).first();
    if (hit && hit.nonempty()) choose(hit);
  });
}

async function start() {
  const { default: cytoscape } = await import(root.dataset.library);
  find("canvas").hidden = false;
  find("still").hidden = true;
  for (const one of document.querySelectorAll("#network th[data-deeds]")) one.hidden = false;
  cy = cytoscape({ container: find("canvas"), style: STYLE, minZoom: 0.15, maxZoom: 4 });
  for (const row of nodesTable.rows) draw(row);
  for (const row of linksTable.rows) drawLink(row);
  for (const tools of root.querySelectorAll("[data-tools]")) tools.hidden = false;
  cy.layout({ name: "concentric", animate: false, concentric: (node) => (node.hasClass("centre") ? 3 : ["submission", "hidden"].includes(node.data("sort")) ? 1 : 2), levelWidth: () => 1, minNodeSpacing: 30 }).run();
  arrange();
  setSlider(false);
  width = cy.width();
  listen();
  root.dataset.ready = "yes";
}

if (root) start();
