// Names of nodes and relations on the picture: the most connected first, none over another.

let labels = null; // what is written, and for which scale
const byDegree = drawing.nodes.map((node) => node.id).sort((a, b) => graph.nodes[b].degree - graph.nodes[a].degree || a - b);
const pen = document.createElement("canvas").getContext("2d");
const FAMILY = getComputedStyle(document.body).fontFamily;

/** Boxes taken so far, in a grid so that each question is a short one. */
function boxes(size) {
  const cells = new Map();
  const around = ([left, top, right, bottom], visit) => {
    for (let x = Math.floor(left / size); x <= Math.floor(right / size); x += 1) {
      for (let y = Math.floor(top / size); y <= Math.floor(bottom / size); y += 1) {
        if (visit(`${x},${y}`)) return true;
      }
    }
    return false;
  };
  return {
    free: (box) => !around(box, (cell) => (cells.get(cell) || []).some((other) => (
      box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]))),
    take: (box) => around(box, (cell) => { cells.set(cell, [...(cells.get(cell) || []), box]); return false; }),
  };
}

function nodeText(index) {
  const { degree } = graph.nodes[index];
  const chosen = selection && selection.node === index;
  if (chosen || degree >= 40) return { size: 17, weight: 600 };
  return degree >= 8 ? { size: 14, weight: 600 } : { size: 12, weight: 400 };
}

/** Where labels stand at `scale`, in canvas units: the chosen and the most connected come first. */
function arrange(scale) {
  const lit = litNodes();
  const least = lit ? 0 : scale < 0.32 ? 8 : scale < 0.5 ? 4 : scale < 0.62 ? 2 : 0;
  const dots = boxes(120 / scale);
  const taken = boxes(120 / scale);
  const place = new Map(drawing.nodes.map((node) => [node.id, network.getPosition(node.id)]));
  const shown = byDegree.filter((index) => !hiddenGroups.has(graph.nodes[index].group) && (!lit || lit.has(index)));
  // From afar a name may cover small dots; close by, or among a few lit ones, only that of a hub may.
  shown.filter((index) => lit || scale > 0.6 || graph.nodes[index].degree >= 8).forEach((index) => {
    const { x, y } = place.get(index);
    const radius = drawing.nodes[index].size * 0.8;
    dots.take([x - radius, y - radius, x + radius, y + radius]);
  });
  const chosen = selection && selection.node < drawn ? [selection.node] : [];
  const written = [];
  [...chosen, ...shown.filter((index) => index !== chosen[0])].forEach((index) => {
    if (graph.nodes[index].degree < least) return;
    const { size, weight } = nodeText(index);
    const lines = drawing.nodes[index].label.split("\n");
    const font = `${weight} ${size / scale}px ${FAMILY}`;
    pen.font = font;
    const width = Math.max(...lines.map((line) => pen.measureText(line).width));
    const height = (lines.length * size * 1.18) / scale;
    const { x, y } = place.get(index);
    const reach = drawing.nodes[index].size + 3 / scale;
    const candidates = [
      [x - width / 2, y + reach], [x - width / 2, y - reach - height],
      [x + reach, y - height / 2], [x - reach - width, y - height / 2],
    ];
    const pad = 2 / scale;
    const box = ([left, top]) => [left - pad, top, left + width + pad, top + height];
    const at = candidates.find((each) => taken.free(box(each)) && dots.free(box(each)))
      || (weight > 400 && candidates.find((each) => taken.free(box(each))));
    if (!at && !chosen.includes(index)) return;
    const [left, top] = at || candidates[0];
    taken.take(box([left, top]));
    written.push({ lines, font, x: left + width / 2, y: top, step: (size * 1.18) / scale, width, colour: "ink" });
  });
  const few = selection && (selection.node === undefined || (linesOf[selection.node] || []).length <= 40);
  if (few || scale > 1.2) written.push(...arrangeLines(scale, taken, dots, place));
  return written;
}

/** Names of relations at the middle of their lines, where there is room. */
function arrangeLines(scale, taken, dots, place) {
  const written = [];
  const size = 11.5 / scale;
  pen.font = `400 ${size}px ${FAMILY}`;
  drawing.edges.forEach((edge) => {
    if (selection && selection.edge !== edge.id && edge.from !== selection.node && edge.to !== selection.node) return;
    if (hiddenGroups.has(graph.nodes[edge.from].group) || hiddenGroups.has(graph.nodes[edge.to].group)) return;
    const [from, to] = [place.get(edge.from), place.get(edge.to)];
    const width = pen.measureText(edge.label).width;
    for (const part of [0.5, 0.62, 0.38]) {
      const x = from.x + (to.x - from.x) * part;
      const y = from.y + (to.y - from.y) * part - size / 2;
      const box = [x - width / 2, y, x + width / 2, y + size * 1.1];
      if (taken.free(box) && dots.free(box)) {
        taken.take(box);
        written.push({ lines: [edge.label], font: pen.font, x, y, step: size, width, colour: selection ? "accent" : "soft" });
        return;
      }
    }
  });
  return written;
}

network.on("afterDrawing", (context) => {
  const scale = network.getScale();
  if (!labels || labels.scale !== scale) labels = { scale, written: arrange(scale) };
  const colours = theme();
  const { clientWidth, clientHeight } = $("network");
  const from = network.DOMtoCanvas({ x: 0, y: 0 });
  const to = network.DOMtoCanvas({ x: clientWidth, y: clientHeight });
  context.save();
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  context.lineWidth = 3.5 / scale;
  context.strokeStyle = colours.canvas;
  labels.written.forEach(({ lines, font, x, y, step, width, colour }) => {
    if (x + width < from.x || x - width > to.x || y + 3 * step < from.y || y > to.y) return;
    context.font = font;
    context.fillStyle = colours[colour];
    lines.forEach((line, row) => {
      context.strokeText(line, x, y + row * step);
      context.fillText(line, x, y + row * step);
    });
  });
  context.restore();
});
network.on("dragEnd", () => { labels = null; });
