// SPDX-License-Identifier: BSD-2-Clause
// What the page was made with: facts as JSON, the traps as compressed columns of numbers.
const meta = JSON.parse(document.getElementById("meta").textContent);
const UNKNOWN = 0xffffffff;
const traps = { length: meta.traps };

function bytesOf(text) {
  const raw = atob(text), bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  return bytes;
}

async function inflate(id) {
  const element = document.getElementById(id), bytes = bytesOf(element.textContent);
  element.remove();
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
}

const KINDS = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array };

async function loadColumns() {
  for (const [name, kind] of Object.entries(meta.columns))
    traps[name] = new KINDS[kind](await inflate("column-" + name));
  const time = traps.time = new Float64Array(traps.length); // s
  for (let i = 0; i < traps.length; i++)
    time[i] = (traps.time_high[i] * 4294967296 + traps.time_low[i]) / 1e9;
  delete traps.time_high;
  delete traps.time_low;
}

// First trap at or after a time.
function firstAt(time) {
  let low = 0, high = traps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (traps.time[middle] < time) low = middle + 1; else high = middle;
  }
  return low;
}

const grouped = number => Math.round(number).toLocaleString("en-US");

function short(number) {
  if (number === null || number === undefined) return "";
  const times = meta.unit === "ns", units = times ? [" ns", " µs", " ms", " s"] : ["", "k", "M", "G"];
  let unit = 0;
  while (number >= 999.5 && unit < 3) { number /= 1000; unit++; }
  return (unit === 0 && Number.isInteger(number) ? number : number.toPrecision(3)) + units[unit];
}

const hex = number => "0x" + (number >>> 0).toString(16).padStart(8, "0");

function element(tag, text, className) {
  const e = document.createElement(tag);
  if (text !== undefined) e.textContent = text;
  if (className) e.className = className;
  return e;
}

// columns: [{title, text}], rows: arrays of text, each with an optional className.
function table(place, columns, rows) {
  const t = element("table"), head = element("tr"), body = element("tbody");
  for (const c of columns) head.append(element("th", c.title, c.text ? "text" : ""));
  for (const row of rows) {
    const tr = element("tr", undefined, row.className);
    row.forEach((cell, i) => tr.append(element("td", cell, columns[i].text ? "text" : "")));
    body.append(tr);
  }
  const thead = element("thead");
  thead.append(head);
  t.append(thead, body);
  document.getElementById(place).replaceChildren(t);
}
