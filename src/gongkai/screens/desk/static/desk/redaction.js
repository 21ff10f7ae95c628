// A box is drawn on the page with the mouse and written into the first empty row; without this the rows are filled by hand.
(function () {
  "use strict";
  var sheet = document.querySelector(".sheet"), rows = document.querySelector("[data-boxes]");
  if (!sheet || !rows) return;
  var start = null, mark = null;

  function place(event) {
    var frame = sheet.getBoundingClientRect();
    return {
      x: Math.min(100, Math.max(0, (event.clientX - frame.left) / frame.width * 100)),
      y: Math.min(100, Math.max(0, (event.clientY - frame.top) / frame.height * 100))
    };
  }

  function stretch(to) {
    mark.style.left = Math.min(start.x, to.x) + "%";
    mark.style.top = Math.min(start.y, to.y) + "%";
    mark.style.width = Math.abs(to.x - start.x) + "%";
    mark.style.height = Math.abs(to.y - start.y) + "%";
  }

  function emptyRow() {
    return Array.from(rows.children).find(function (row) {
      return Array.from(row.querySelectorAll("input")).every(function (input) { return input.value === ""; });
    });
  }

  sheet.addEventListener("pointerdown", function (event) {
    if (event.button !== 0 || !emptyRow()) return;
    event.preventDefault();
    sheet.setPointerCapture(event.pointerId);
    start = place(event);
    mark = document.createElement("span");
    mark.className = "mark";
    sheet.appendChild(mark);
    stretch(start);
  });
  sheet.addEventListener("pointermove", function (event) { if (start) stretch(place(event)); });
  sheet.addEventListener("pointercancel", function () { if (mark) mark.remove(); start = mark = null; });
  sheet.addEventListener("pointerup", function (event) {
    if (!start) return;
    var end = place(event), row = emptyRow();
    var sides = [Math.min(start.x, end.x), Math.min(start.y, end.y), Math.max(start.x, end.x), Math.max(start.y, end.y)];
    if (sides[2] - sides[0] < 0.3 || sides[3] - sides[1] < 0.3) mark.remove();
    else {
      var inputs = row.querySelectorAll("input");
      inputs[0].value = sheet.dataset.page;
      sides.forEach(function (side, index) { inputs[index + 1].value = side.toFixed(2); });
    }
    start = mark = null;
  });
})();
