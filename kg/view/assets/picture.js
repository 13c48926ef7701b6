// The picture: colours of nodes and lines by what is selected, hidden and focused; moving about.

// Labels are drawn below, where they do not cover each other; vis-network would draw all or none.
const nodes = new vis.DataSet(drawing.nodes.map((node) => ({ ...node, label: undefined })));
const edges = new vis.DataSet(drawing.edges.map((edge) => ({ ...edge, label: undefined })));
const network = new vis.Network($("network"), { nodes, edges }, drawing.options);
const drawn = drawing.nodes.length;
const hiddenGroups = new Set();
let focusedArticle = null;
let selection = null; // {node} or {edge}

const near = drawing.nodes.map(() => new Set());
const linesOf = drawing.nodes.map(() => []);
drawing.edges.forEach((edge) => {
  near[edge.from].add(edge.to);
  near[edge.to].add(edge.from);
  linesOf[edge.from].push(edge);
  linesOf[edge.to].push(edge);
});

function theme() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return { ink: read("--ink"), soft: read("--soft"), canvas: read("--canvas"), paper: read("--paper"), accent: read("--accent") };
}

/** A line has the colour of its lesser end, so that what hangs on a hub is told apart. */
function lineColour({ from, to }) {
  const colour = colourOf(graph.nodes[from].degree <= graph.nodes[to].degree ? from : to);
  return { color: colour, highlight: colour, hover: colour, inherit: false };
}

/** Colours and labels of all nodes and edges for what is selected, hidden and focused now. */
function paint() {
  const { ink, soft, paper } = theme();
  const lit = litNodes();
  labels = null;
  const hidden = (index) => hiddenGroups.has(graph.nodes[index].group);
  nodes.update(drawing.nodes.map((node) => {
    const on = !lit || lit.has(node.id);
    const chosen = selection && selection.node === node.id;
    const fill = colourOf(node.id);
    return {
      id: node.id,
      hidden: hidden(node.id),
      opacity: on ? 1 : 0.13,
      color: {
        background: fill, border: chosen ? ink : paper,
        highlight: { background: fill, border: ink }, hover: { background: fill, border: soft },
      },
    };
  }));
  edges.update(drawing.edges.map((edge) => {
    const touching = selection && (selection.edge === edge.id || edge.from === selection.node || edge.to === selection.node);
    const dim = lit && !touching && !(focusedArticle !== null && !selection && lit.has(edge.from) && lit.has(edge.to));
    return {
      id: edge.id,
      hidden: hidden(edge.from) || hidden(edge.to),
      width: selection && selection.edge === edge.id ? 3 : touching ? 1.6 : 1,
      color: { ...lineColour(edge), opacity: dim ? 0.05 : touching ? 0.85 : 0.45 },
    };
  }));
}

function litNodes() {
  if (selection && selection.node !== undefined) {
    return selection.node < drawn ? new Set([selection.node, ...near[selection.node]]) : null;
  }
  if (selection) {
    const edge = edges.get(selection.edge);
    return new Set([edge.from, edge.to]);
  }
  if (focusedArticle === null) return null;
  return new Set(drawing.nodes.filter((node) => graph.nodes[node.id].articles.includes(focusedArticle)).map((node) => node.id));
}

/** Moves so that `ids`, or all nodes, are in view with room for their names; enlarges `most` times at most. */
function fit(ids, most, { animate = true } = {}) {
  const points = Object.values(network.getPositions(ids && ids.length ? ids : undefined));
  if (!points.length) return;
  const [left, right] = [Math.min(...points.map(({ x }) => x)), Math.max(...points.map(({ x }) => x))];
  const [top, bottom] = [Math.min(...points.map(({ y }) => y)), Math.max(...points.map(({ y }) => y))];
  const { clientWidth, clientHeight } = $("network");
  network.moveTo({
    position: { x: (left + right) / 2, y: (top + bottom) / 2 },
    scale: Math.min(most, Math.max(clientWidth - 150, 50) / (right - left + 1), Math.max(clientHeight - 110, 50) / (bottom - top + 1)),
    animation: animate && { duration: 450, easingFunction: "easeInOutQuad" },
  });
}

/** Shows node `index`: in the picture, with what it is linked to, and in the panel. */
function goTo(index, { move = true } = {}) {
  selection = { node: index };
  if (hiddenGroups.delete(graph.nodes[index].group)) drawLegend();
  network.unselectAll();
  if (index < drawn) {
    if (move) fit([index, ...[...near[index]].filter((other) => !hiddenGroups.has(graph.nodes[other].group))], 1.15);
  }
  paint();
  showNode(index);
}

function goToEdge(id) {
  selection = { edge: id };
  paint();
  showEdge(edges.get(id));
}

function clear() {
  selection = null;
  network.unselectAll();
  paint();
  showOverview();
}
