// Keys of the desk: j and k walk a table, Enter opens the row, [ and ] turn pages, / finds, ? shows the keys, g and a letter goes there.
// Everything they do can be done without them.
(function () {
  "use strict";
  var going = false;

  function rows() {
    return Array.from(document.querySelectorAll("table[data-keys] tbody tr"));
  }

  function select(step) {
    var all = rows();
    if (!all.length) return;
    var now = all.findIndex(function (row) { return row.classList.contains("is-selected"); });
    var next = Math.min(all.length - 1, Math.max(0, now + step));
    if (now >= 0) all[now].classList.remove("is-selected");
    all[next].classList.add("is-selected");
    all[next].scrollIntoView({ block: "nearest" });
    var link = all[next].querySelector("a");
    if (link) link.focus();
  }

  function typing(target) {
    return target.closest("input, textarea, select, [contenteditable]") !== null;
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (going) {
      going = false;
      var way = document.querySelector('.desk-nav a[data-key="' + CSS.escape(event.key) + '"]');
      if (way) way.click();
      return;
    }
    if (event.key === "g") going = true;
    else if (event.key === "j") select(1);
    else if (event.key === "k") select(-1);
    else if (event.key === "[") history.back();
    else if (event.key === "]") {
      var next = document.querySelector('.pagination a[rel="next"]');
      if (next) next.click();
    } else if (event.key === "?") {
      var keys = document.querySelector('.desk-nav a[href$="/keys/"]');
      if (keys) keys.click();
    } else if (event.key === "/") {
      var search = document.querySelector("[data-search]");
      if (search) { event.preventDefault(); search.focus(); }
    }
  });

  // A number of the ledgers is inserted where the caret stands; counted in characters, as the server counts.
  document.querySelectorAll("input[data-caret]").forEach(function (field) {
    var area = document.getElementById(field.dataset.caret), touched = document.activeElement === area;
    // the focus alone is not told where the window itself has none, nor what was done before this was loaded
    ["focus", "input", "keydown", "pointerdown"].forEach(function (kind) {
      area.addEventListener(kind, function () { touched = true; });
    });
    field.form.addEventListener("submit", function () {
      if (touched || area.selectionStart > 0) field.value = Array.from(area.value.slice(0, area.selectionStart)).length;
    });
  });

  // After a refused form the faults are read first.
  var faults = document.getElementById("faults");
  if (faults) faults.focus();
})();
