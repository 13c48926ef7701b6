// The picture: vis-network holds the nodes, finds them under the pointer, moves and zooms; what is seen
// is drawn for it (drawing.js, labels.js), all dots of a colour at once where it would draw each by itself.

const stage = $("network");
const nodes = new vis.DataSet([]);
const network = new vis.Network(stage, { nodes, edges: new vis.DataSet([]) }, { ...drawing.options, height: "100%", width: "100%" });
const MANY_DOTS = 1500; // more are not moved smoothly, but at once
const LARGEST = 30; // pixels; hubs of the whole graph may be larger than in a picture of a few

let hovered = null; // {node} or {line}
let moving = false;

const sizeOf = (node) => (isWhole() ? drawing.nodes[node].size : Math.min(LARGEST, drawing.nodes[node].size));
const spotOf = (node) => spots.get(node);

const drawNothing = () => {};
const asDot = ({ style: { size } }) => ({ drawNode: drawNothing, nodeDimensions: { width: 2 * size, height: 2 * size } });

/** Gives vis-network the nodes that are shown, and takes away the others. */
function syncNodes() {
  const gone = nodes.getIds().filter((id) => !shownSet.has(id));
  if (gone.length) nodes.remove(gone);
  nodes.update(shown.map((id) => ({ id, ...spotOf(id), size: sizeOf(id), shape: "custom", ctxRenderer: asDot })));
}

/** The nodes that stand out: the chosen one and its neighbours, or the ends of a line; null where all do. */
function litNodes() {
  if (!state.selection) return null;
  const { node, line } = state.selection;
  if (line !== undefined) return new Set([lines[line].from, lines[line].to]);
  if (!shownSet.has(node)) return null;
  return new Set([node, ...linesHere(node).map((each) => (each.from === node ? each.to : each.from))]);
}
const linesHere = (node) => (linesOf[node] || []).filter((line) => shownSet.has(line.from) && shownSet.has(line.to) && passesLine(line));

/** Works out and draws anew what is shown; `fit` moves so that all of it is in view. */
function refresh({ fit = false, animate = true } = {}) {
  rescope();
  syncNodes();
  forgetDrawing();
  drawScopes();
  drawFacets();
  network.redraw();
  if (fit) fitTo(null, { animate });
  remember();
}

/** Moves so that `ids`, or all nodes, are in view with room for their names; enlarges `most` times at most. */
function fitTo(ids, { most = 1.25, animate = true } = {}) {
  const points = (ids || shown).map(spotOf).filter(Boolean);
  if (!points.length || !stage.clientWidth) return;
  const bounds = (axis) => [Math.min(...points.map((p) => p[axis])), Math.max(...points.map((p) => p[axis]))];
  const [[left, right], [top, bottom]] = [bounds("x"), bounds("y")];
  const scale = Math.min(most, Math.max(stage.clientWidth - 130, 50) / (right - left + 1), Math.max(stage.clientHeight - 150, 50) / (bottom - top + 1));
  // The bar of scopes covers the top.
  const position = { x: (left + right) / 2, y: (top + bottom) / 2 - 14 / scale };
  network.moveTo({ position, scale, animation: animate && !calm.matches && shown.length < MANY_DOTS && { duration: 400, easingFunction: "easeInOutQuad" } });
}
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

/** Shows node `index` in the panel, and in the picture with what it is linked to. */
function goTo(index, { move = true, view = "network" } = {}) {
  state.selection = { node: index };
  if (view && state.view !== view) showView(view);
  if (index < drawn && !passesNode(index)) { clearFilters(); refresh(); }
  if (index < drawn && !shownSet.has(index)) {
    if (!isWhole()) state.expanded.set(index, STEP);
    refresh();
  }
  if (move && index < drawn && view === "network") fitTo([...litNodes()], { most: 1.1 });
  network.redraw();
  forgetLabels();
  showNode(index);
  remember();
}

function goToLine(id) {
  state.selection = { line: id };
  forgetLabels();
  network.redraw();
  showLine(lines[id]);
  remember();
}

function clearSelection() {
  state.selection = null;
  forgetLabels();
  network.redraw();
  showOverview();
  remember();
}

/** Unfolds more neighbours of `node`, or folds them where all are there. */
function unfold(node) {
  if (isWhole() || node >= drawn) return;
  const count = state.expanded.get(node) || 0;
  if (hiddenNear(node)) state.expanded.set(node, count + STEP);
  else state.expanded.delete(node);
  refresh();
  if (state.selection && state.selection.node === node) showNode(node);
  if (state.expanded.has(node)) fitTo([node, ...linesHere(node).flatMap((line) => [line.from, line.to])], { most: Math.max(1, network.getScale()) });
}

function pin(node) {
  if (!state.pinned.delete(node)) state.pinned.set(node, { ...spotOf(node) });
  network.redraw();
  if (state.selection && state.selection.node === node) showNode(node);
  remember();
}

function setScope(scope) {
  state.scope = scope;
  state.expanded.clear();
  refresh({ fit: true });
  if (!state.selection) showOverview();
}

/** The line under `point` of the canvas, if any. */
function lineAt(point) {
  const reach = 6 / network.getScale();
  let best = null;
  let least = reach * reach;
  shownLines.forEach((line) => {
    const [a, b] = [spotOf(line.from), spotOf(line.to)];
    const [x, y] = [b.x - a.x, b.y - a.y];
    const along = Math.max(0, Math.min(1, ((point.x - a.x) * x + (point.y - a.y) * y) / (x * x + y * y || 1)));
    const [dx, dy] = [a.x + along * x - point.x, a.y + along * y - point.y];
    if (dx * dx + dy * dy < least) { least = dx * dx + dy * dy; best = line; }
  });
  return best;
}

network.on("click", ({ nodes: [node], pointer }) => {
  hideHint();
  const badge = badgeAt(pointer.canvas);
  if (badge !== null) { unfold(badge); return; }
  if (node !== undefined) {
    if (!takePathEnd(node)) goTo(node, { move: false });
    return;
  }
  const line = lineAt(pointer.canvas);
  if (line) goToLine(line.id);
  else if (state.selection) clearSelection();
});
network.on("doubleClick", ({ nodes: [node] }) => { if (node !== undefined) unfold(node); });
network.on("dragStart", () => hideHint());
network.on("dragEnd", ({ nodes: [node] }) => {
  if (node !== undefined) {
    const spot = network.getPosition(node);
    spots.set(node, spot);
    if (state.pinned.has(node)) state.pinned.set(node, spot);
    forgetDrawing();
  }
  network.redraw();
  remember();
});
network.on("dragging", ({ nodes: [node] }) => {
  if (node === undefined) return;
  spots.set(node, network.getPosition(node));
  forgetDrawing();
});
network.on("zoom", () => hideHint());

let resting = null;
let lastView = "";

/** Whether the picture moves: its view is another than at the last frame. Draws once more when it rests. */
function watchMoves() {
  const { x, y } = network.getViewPosition();
  const view = `${x},${y},${network.getScale()}`;
  if (view === lastView) return;
  moving = lastView !== "";
  lastView = view;
  clearTimeout(resting);
  resting = setTimeout(() => { moving = false; network.redraw(); remember(); }, 140);
}

const hint = $("hint");
const hideHint = () => { hint.hidden = true; };
function showHint(at, ...content) {
  hint.replaceChildren(...content);
  hint.hidden = false;
  hint.style.left = `${Math.min(at.x + 14, stage.clientWidth - hint.offsetWidth - 8)}px`;
  hint.style.top = `${Math.min(at.y + 14, stage.clientHeight - hint.offsetHeight - 8)}px`;
}
const lineHint = (line) => line.facts.map((index) => make("div", {}, make("b", {}, graph.nodes[facts[index].subject].label),
  make("span", { class: "via" }, `— ${named(graph.relations[facts[index].relation])} →`), make("b", {}, graph.nodes[facts[index].object].label)));

function hover(next, at) {
  const same = JSON.stringify(next) === JSON.stringify(hovered);
  hovered = next;
  if (!next) hideHint();
  else if (next.node !== undefined) {
    const node = graph.nodes[next.node];
    showHint(at, make("b", {}, node.label), make("span", { class: "kind" }, named(graph.kinds[node.kind])));
  } else showHint(at, ...lineHint(lines[next.line]));
  stage.style.cursor = next ? "pointer" : "";
  if (!same) network.redraw();
}
stage.addEventListener("mousemove", (event) => {
  if (event.buttons || moving) return;
  const frame = stage.getBoundingClientRect();
  const at = { x: event.clientX - frame.left, y: event.clientY - frame.top };
  const node = network.getNodeAt(at);
  const line = node === undefined ? lineAt(network.DOMtoCanvas(at)) : null;
  hover(node !== undefined ? { node } : line ? { line: line.id } : null, at);
});
stage.addEventListener("mouseleave", () => hover(null));
