// Names of nodes, relations and regions on the picture: the most central first, none over another.

let labels = null; // what is written, and for which scale and place
const pen = document.createElement("canvas").getContext("2d");
const FAMILY = getComputedStyle(document.body).fontFamily;
const forgetLabels = () => { labels = null; };

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

const isChosen = (node) => state.selection !== null && state.selection.node === node;

function nodeText(node) {
  const { degree, place } = graph.nodes[node];
  if (isChosen(node) || degree >= 40) return { size: 17, weight: 600 };
  return degree >= 8 || (place && !isWhole()) ? { size: 14, weight: 600 } : { size: 12, weight: 400 };
}

/** The part of the canvas in view, and as much again on every side. */
function surroundings(scale) {
  const { x, y } = network.getViewPosition();
  const [width, height] = [stage.clientWidth / scale, stage.clientHeight / scale];
  return { x, y, left: x - width, right: x + width, top: y - height, bottom: y + height };
}

// So many nodes are named from any distance.
const ALL_NAMED = 150;

/** The least degree of a node that is named at `scale`. */
const leastDegree = (scale) => (!isWhole() || shown.length <= ALL_NAMED ? 0 : scale < 0.16 ? 60 : scale < 0.32 ? 10 : scale < 0.5 ? 4 : scale < 0.62 ? 2 : 0);

/** Where labels stand at `scale`, in canvas units: the chosen and the most central come first. */
function arrange(scale, area) {
  const lit = litNodes();
  const least = lit ? 0 : leastDegree(scale);
  const dots = boxes(120 / scale);
  const taken = boxes(120 / scale);
  const written = [];
  const heads = new Set();
  if (isWhole() && scale < 0.55 && !lit) written.push(...arrangeRegions(scale, taken, heads));
  const inside = ({ x, y }) => x > area.left && x < area.right && y > area.top && y < area.bottom;
  const those = shown.filter((node) => (!lit || lit.has(node)) && inside(spotOf(node)))
    .sort((a, b) => Number(isChosen(b)) - Number(isChosen(a)));
  // From afar a name may cover small dots; close by, or among a few lit ones, only that of a hub may.
  those.filter((node) => lit || scale > 0.6 || graph.nodes[node].degree >= 8).forEach((node) => {
    const { x, y } = spotOf(node);
    const radius = sizeOf(node) * 0.8;
    dots.take([x - radius, y - radius, x + radius, y + radius]);
  });
  const marks = boxes(120 / scale);
  badges.forEach(({ x, y, half, height }) => marks.take([x - half, y - height, x + half, y + height]));
  those.forEach((node) => {
    if (graph.nodes[node].degree < least || heads.has(node)) return;
    const label = arrangeNode(node, scale, taken, dots, marks);
    if (label) written.push(label);
  });
  const few = state.selection && (state.selection.line !== undefined || linesHere(state.selection.node).length <= 40);
  if (few || (scale > 1.2 && shownLines.length < MANY)) written.push(...arrangeLines(scale, taken, dots));
  return written;
}

/** The name of `node` where it covers no other name and no dot, and if it can be no badge; null where that is nowhere. */
function arrangeNode(node, scale, taken, dots, marks) {
  const { size, weight } = nodeText(node);
  const rows = drawing.nodes[node].label.split("\n");
  const font = `${weight} ${size / scale}px ${FAMILY}`;
  pen.font = font;
  const width = Math.max(...rows.map((row) => pen.measureText(row).width));
  const height = (rows.length * size * 1.18) / scale;
  const { x, y } = spotOf(node);
  const reach = sizeOf(node) + 3 / scale;
  const candidates = [
    [x - width / 2, y + reach], [x - width / 2, y - reach - height],
    [x + reach, y - height / 2], [x - reach - width, y - height / 2],
  ];
  const pad = 2 / scale;
  const box = ([left, top]) => [left - pad, top, left + width + pad, top + height];
  const at = candidates.find((each) => taken.free(box(each)) && dots.free(box(each)) && marks.free(box(each)))
    || candidates.find((each) => taken.free(box(each)) && dots.free(box(each)))
    || (weight > 400 && candidates.find((each) => taken.free(box(each))));
  if (!at && !isChosen(node)) return null;
  const [left, top] = at || candidates[0];
  taken.take(box([left, top]));
  return { rows, font, x: left + width / 2, y: top, step: (size * 1.18) / scale, width, colour: theme().ink };
}

/** Names of regions at their upper edge, seen from afar; those that are named so are added to `heads`. */
function arrangeRegions(scale, taken, heads) {
  const size = Math.max(15, Math.min(22, 60 * scale + 9)) / scale;
  const font = `650 ${size}px ${FAMILY}`;
  pen.font = font;
  return (hulls || []).flatMap(({ region, x, top }) => {
    const text = graph.nodes[picture.regions[region]].label;
    const width = pen.measureText(text).width;
    const box = [x - width / 2, top - size * 0.9, x + width / 2, top + size * 0.3];
    if (!taken.free(box)) return [];
    taken.take(box);
    heads.add(picture.regions[region]);
    return [{ rows: [text], font, x, y: box[1], step: size, width, colour: regionInk(region) }];
  });
}

/** Names of relations at the middle of their lines, where there is room. */
function arrangeLines(scale, taken, dots) {
  const size = 11.5 / scale;
  const font = `400 ${size}px ${FAMILY}`;
  pen.font = font;
  const { node, line } = state.selection || {};
  const those = state.selection ? (line !== undefined ? [lines[line]] : linesHere(node)) : shownLines;
  return those.flatMap((each) => {
    const [from, to] = [spotOf(each.from), spotOf(each.to)];
    const text = [...new Set(each.facts.map((index) => named(graph.relations[facts[index].relation])))].join(" / ");
    const width = pen.measureText(text).width;
    for (const part of [0.5, 0.62, 0.38]) {
      const x = from.x + (to.x - from.x) * part;
      const y = from.y + (to.y - from.y) * part - size / 2;
      const box = [x - width / 2, y, x + width / 2, y + size * 1.1];
      if (taken.free(box) && dots.free(box)) {
        taken.take(box);
        return [{ rows: [text], font, x, y, step: size, width, colour: state.selection ? theme().accent : theme().soft }];
      }
    }
    return [];
  });
}

function drawLabels(context, scale) {
  const { x: viewX, y: viewY } = network.getViewPosition();
  const stale = !labels || labels.scale !== scale || Math.abs(viewX - labels.x) > stage.clientWidth / scale / 2
    || Math.abs(viewY - labels.y) > stage.clientHeight / scale / 2;
  if (stale && !(labels && moving && shown.length > 500)) {
    const area = surroundings(scale);
    labels = { scale, x: area.x, y: area.y, written: arrange(scale, area) };
  }
  const from = network.DOMtoCanvas({ x: 0, y: 0 });
  const to = network.DOMtoCanvas({ x: stage.clientWidth, y: stage.clientHeight });
  context.save();
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  context.lineWidth = 3.5 / scale;
  context.strokeStyle = theme().canvas;
  labels.written.forEach(({ rows, font, x, y, step, width, colour }) => {
    if (x + width < from.x || x - width > to.x || y + 3 * step < from.y || y > to.y) return;
    context.font = font;
    context.fillStyle = colour;
    rows.forEach((row, at) => {
      context.strokeText(row, x, y + at * step);
      context.fillText(row, x, y + at * step);
    });
  });
  context.restore();
}
