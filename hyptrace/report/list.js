// SPDX-License-Identifier: BSD-2-Clause
// The list of traps: only the rows in sight exist.  A browser's element cannot be tall enough for a
// million rows, so the scroll bar's position is taken as a fraction of the list.
const ROW = 22, TALL_MAX = 8000000;
const list = { chosen: null, count: 0, from: 0, end: 0, rows: [], top: 0 };

function choose() {
  const cls = document.getElementById("list-class").value, vm = document.getElementById("list-vm").value;
  const detail = document.getElementById("list-detail").value.trim().toLowerCase();
  const hyp = Number(document.getElementById("list-hyp").value) || 0;
  const wanted = Uint8Array.from(meta.causes, c =>
    (cls === "" || c.cls === cls) && (detail === "" || c.detail.toLowerCase().includes(detail)));
  const vmWanted = vm === "" ? -1 : Number(vm), chosen = new Uint32Array(list.end - list.from);
  let count = 0;
  for (let i = list.from; i < list.end; i++)
    if (wanted[traps.cause[i]] && (vmWanted < 0 || traps.vm[i] === vmWanted) &&
        (hyp === 0 || (traps.hyp[i] >= hyp && traps.hyp[i] !== UNKNOWN))) chosen[count++] = i;
  list.chosen = chosen;
  list.count = count;
  document.getElementById("list-count").textContent = `${grouped(count)} of ${grouped(traps.length)}`;
  list.tall.style.height = Math.max(0, Math.min(count * ROW, TALL_MAX) - list.height + ROW) + "px";
  document.getElementById("list").scrollTop = 0;
  draw();
}

function cells(i) {
  const cause = meta.causes[traps.cause[i]], span = v => v === UNKNOWN ? "" : short(v);
  const where = cause.nested ? "hyp" : meta.vms[traps.vm[i]] + "/" + traps.vcpu[i];
  return [traps.time[i].toFixed(9), traps.cpu[i], where, cause.cls, cause.detail, hex(traps.pc[i]),
          span(traps.hyp[i]), span(traps.away[i])];
}

function draw() {
  const place = document.getElementById("list"), room = place.scrollHeight - place.clientHeight;
  const last = Math.max(0, list.count - list.rows.length);
  const first = room > 0 ? Math.round(Math.min(1, place.scrollTop / room) * last) : 0;
  list.rows.forEach((row, n) => {
    const text = first + n < list.count ? cells(list.chosen[first + n]) : ["", "", "", "", "", "", "", ""];
    for (let c = 0; c < 8; c++) row.childNodes[c].firstChild.data = text[c];
  });
}

function newRow(texts, className) {
  const row = element("div", undefined, className);
  for (const text of texts) {
    const span = element("span");
    span.append(document.createTextNode(text));
    row.append(span);
  }
  return row;
}

function options(select, names) {
  select.replaceChildren(...names.map(([value, text]) => {
    const option = element("option", text);
    option.value = value;
    return option;
  }));
}

function showList() {
  const place = document.getElementById("list"), rows = element("div", undefined, "rows");
  let pending = false;
  list.height = place.clientHeight;
  list.end = traps.length;
  rows.append(newRow(["time in s", "cpu", "vm/vcpu", "class", "detail", "pc", "hyp", "away"], "trap head"));
  for (let n = 0; n < Math.floor(place.clientHeight / ROW) - 1; n++) {
    list.rows.push(newRow(["", "", "", "", "", "", "", ""], "trap"));
    rows.append(list.rows[n]);
  }
  list.tall = element("div");
  place.replaceChildren(rows, list.tall);
  place.addEventListener("scroll", () => {
    if (!pending) { pending = true; requestAnimationFrame(() => { pending = false; draw(); }); }
  });
  for (const id of ["list-class", "list-vm"]) document.getElementById(id).addEventListener("change", choose);
  for (const id of ["list-detail", "list-hyp"]) document.getElementById(id).addEventListener("input", choose);
  choose();
}

function showSpan(from, to) {
  list.from = firstAt(from);
  list.end = Math.max(list.from, firstAt(to));
  choose();
}
