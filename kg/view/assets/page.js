// What mouse and buttons do, and the first picture.

const hint = $("hint");
function showHint(at, ...content) {
  hint.replaceChildren(...content);
  hint.hidden = false;
  const { clientWidth, clientHeight } = $("network");
  hint.style.left = `${Math.min(at.x + 14, clientWidth - hint.offsetWidth - 8)}px`;
  hint.style.top = `${Math.min(at.y + 14, clientHeight - hint.offsetHeight - 8)}px`;
}
network.on("hoverNode", ({ node, pointer }) => {
  showHint(pointer.DOM, make("b", {}, graph.nodes[node].label), make("span", { class: "kind" }, graph.nodes[node].kind));
});
network.on("hoverEdge", ({ edge, pointer }) => {
  const content = edges.get(edge).facts.map((index) => {
    const { subject, relation, object } = facts[index];
    return make("div", {}, make("b", {}, graph.nodes[subject].label),
      make("span", { class: "via" }, `— ${graph.relations[relation].label} →`), make("b", {}, graph.nodes[object].label));
  });
  showHint(pointer.DOM, ...content);
});
["blurNode", "blurEdge", "dragStart", "zoom"].forEach((name) => network.on(name, () => { hint.hidden = true; }));
network.on("click", (event) => {
  hint.hidden = true;
  if (event.nodes.length) goTo(event.nodes[0], { move: false });
  else if (event.edges.length) goToEdge(event.edges[0]);
  else if (selection) clear();
});
network.on("doubleClick", (event) => { if (event.nodes.length) goTo(event.nodes[0]); });

const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: { duration: 200, easingFunction: "easeInOutQuad" } });
$("zoom-in").addEventListener("click", () => zoom(1.5));
$("zoom-out").addEventListener("click", () => zoom(1 / 1.5));
$("zoom-fit").addEventListener("click", () => fit(undefined, 1));
$("all-classes").addEventListener("click", () => { hiddenGroups.clear(); drawLegend(); paint(); });
darkness.addEventListener("change", () => { drawLegend(); paint(); if (!selection) showOverview(); });

// The rows of nodes without neighbours have a heading.
const lone = drawing.nodes.filter((node) => !near[node.id].size);
const corner = { x: Math.min(...lone.map((node) => node.x)), y: Math.min(...lone.map((node) => node.y)) };
network.on("beforeDrawing", (context) => {
  if (!lone.length || lone.length === drawn) return;
  context.font = `${Math.min(40, Math.max(14, 12 / network.getScale()))}px sans-serif`;
  context.fillStyle = theme().soft;
  context.fillText("未与图中其他实体相连", corner.x - 10, corner.y - 30);
});

drawLegend();
drawArticles();
paint();
showOverview();
fit(undefined, 1, { animate: false });

// For tests and for the curious: the picture, and the way to a node by its IRI.
window.citykg = {
  network, nodes, edges,
  show: (iri) => { const index = graph.nodes.findIndex((node) => node.iri === iri); if (index >= 0) goTo(index); return index; },
};
