// Buttons and keys, and the first picture.

let started = false;

function showView(view) {
  const changed = state.view !== view;
  if (changed && view === "articles") cameFrom = state.view;
  state.view = view;
  drawView();
  remember({ step: changed || view === "articles" });
}

/** Draws the view that is chosen; the others keep what they had. */
function drawView() {
  document.body.dataset.view = state.view;
  document.querySelectorAll(".tabs [data-view]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.view === state.view)));
  document.querySelectorAll("[data-for]").forEach((part) => { part.hidden = part.dataset.for !== state.view; });
  hideHint();
  if (state.view === "figures") { drawCharts(); drawIndicators(); }
  if (state.view === "articles") { drawArticles(); drawReader(); }
  if (state.view === "network") network.redraw();
}

/** Everything anew: after a change of language or light, and at the start. */
function drawAll({ camera = null, fit = false } = {}) {
  applyTheme();
  translate();
  rescope();
  syncNodes();
  forgetDrawing();
  drawScopes();
  drawFacets();
  if (camera) network.moveTo({ ...camera, animation: false });
  else if (fit) fitTo(null, { animate: false });
  drawView();
  if (!state.selection) showOverview();
  else if (state.selection.line !== undefined) showLine(lines[state.selection.line]);
  else showNode(state.selection.node);
}

function setTheme() {
  state.theme = isDark() ? "light" : "dark";
  drawAll();
  remember();
}

function setLanguage() {
  state.language = 1 - state.language;
  drawAll();
  remember();
}

/** Walks to the neighbour after the one last walked to. */
let walked = 0;
function walk(step) {
  if (!state.selection || state.selection.node === undefined || state.selection.node >= drawn) return;
  const others = linesHere(state.selection.node).map((line) => (line.from === state.selection.node ? line.to : line.from)).sort((a, b) => rankOf(a) - rankOf(b));
  if (!others.length) return;
  walked = (walked + step + others.length) % others.length;
  goTo(others[walked]);
}

const chosenNode = () => (state.selection && state.selection.node !== undefined && state.selection.node < drawn ? state.selection.node : null);
const withChosen = (act) => () => { if (chosenNode() !== null) act(chosenNode()); };
const zoomBy = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: calm.matches ? false : { duration: 180, easingFunction: "easeInOutQuad" } });

function escape() {
  if (state.view !== "network") showView(state.view === "articles" ? cameFrom : "network");
  else if (state.selection) clearSelection();
  else if (state.scope.kind !== "overview") { pathEnd = null; setScope({ kind: "overview" }); }
}

const KEYS = {
  "/": () => input.focus(),
  1: () => showView("network"), 2: () => showView("figures"), 3: () => showView("articles"),
  "+": () => zoomBy(1.4), "=": () => zoomBy(1.4), "-": () => zoomBy(1 / 1.4),
  f: () => fitTo(null), w: () => setScope({ kind: isWhole() ? "overview" : "whole" }),
  e: withChosen(unfold), p: withChosen(pin), n: () => walk(1), b: () => walk(-1), "?": showKeys, Escape: escape,
};
const KEY_HELP = [["/", "key_search"], ["1 2 3", "key_views"], ["← ↑ → ↓", "key_move"], ["+ −", "key_zoom"], ["F", "key_fit"], ["W", "key_whole"],
  ["E", "key_expand"], ["P", "key_pin"], ["N B", "key_next"], ["Esc", "key_escape"]];

function showKeys() {
  const dialog = $("keys");
  dialog.replaceChildren(make("h2", {}, t("help")), make("dl", {}, KEY_HELP.map(([keys, said]) => [make("dt", {}, make("kbd", {}, keys)), make("dd", {}, t(said))])),
    make("button", { type: "button", onclick: () => dialog.close() }, t("close")));
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || $("keys").open) return;
  if (event.target.matches("input, textarea") && event.key !== "Escape") return;
  const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  act();
  event.preventDefault();
});

const ACTIONS = {
  zoom_in: () => zoomBy(1.5), zoom_out: () => zoomBy(1 / 1.5), zoom_fit: () => fitTo(null),
  theme: setTheme, language: setLanguage, help: showKeys,
  save_png: savePng,
  save_svg: () => download(svgText(), "graph.svg", "image/svg+xml"),
  save_turtle: () => download(turtleText(), "graph.ttl", "text/turtle"),
  copy_link: copyLink, print: () => window.print(),
};
Object.entries(ACTIONS).forEach(([id, act]) => $(id).addEventListener("click", () => { $("save").open = false; act(); }));

async function copyLink() {
  history.replaceState(null, "", writeState());
  const field = make("textarea", { class: "offscreen" });
  field.value = location.href;
  document.body.append(field);
  field.select();
  document.execCommand("copy"); // the newer interface is refused to pages from file://
  field.remove();
  $("notice").textContent = t("copied");
  setTimeout(drawScopes, 1500);
}

document.querySelectorAll(".tabs [data-view]").forEach((button) => button.addEventListener("click", () => {
  if (button.dataset.view === "articles" && state.view === "articles") state.reading = null;
  showView(button.dataset.view);
}));
const SCOPE_ACTIONS = {
  overview: () => { pathEnd = null; setScope({ kind: "overview" }); },
  whole: () => { pathEnd = null; setScope({ kind: "whole" }); },
  paths: () => {
    const chosen = state.selection?.node;
    if (chosen < drawn) { startPath(chosen); return; }
    state.selection = null;
    pathEnd = "from";
    setScope({ kind: "paths" });
    showPaths();
  },
};
document.querySelectorAll("[data-scope]").forEach((button) => button.addEventListener("click", () => SCOPE_ACTIONS[button.dataset.scope]()));
document.addEventListener("click", (event) => { if (!$("save").contains(event.target)) $("save").open = false; });
darkness.addEventListener("change", () => drawAll());
window.addEventListener("resize", () => charts.forEach(({ chart }) => chart && chart.resize()));
window.addEventListener("popstate", () => { const camera = readState(location.hash); drawAll({ camera, fit: !camera }); });

{
  const camera = readState(location.hash);
  drawAll({ camera, fit: !camera });
  started = true;
}

// For tests and for the curious: the picture, and the way to a node by its IRI.
window.citykg = {
  network, state,
  shown: () => shown, spot: (index) => spotOf(index), lines: () => shownLines, badges: () => badges,
  show: (address) => { const index = indexOf.get(address.replace(graph.base, "")); if (index !== undefined) goTo(index); return index; },
};
