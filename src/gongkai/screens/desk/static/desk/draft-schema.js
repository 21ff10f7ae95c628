// What the editor may hold: exactly what the server keeps (documents/writing), so that saving changes nothing that was seen.
(function () {
  "use strict";
  var drafting = window.drafting = window.drafting || {};
  var SIDES = ["center", "right"];

  function side(lib) {
    // alignment is a class, for the page's policy knows no style attributes
    return lib.Extension.create({
      name: "side",
      addGlobalAttributes: function () {
        return [{ types: ["paragraph", "heading"], attributes: { side: {
          default: null,
          parseHTML: function (dom) { return SIDES.find(function (each) { return dom.classList.contains(each); }) || null; },
          renderHTML: function (attributes) { return attributes.side ? { class: attributes.side } : {}; }
        } } }];
      }
    });
  }

  function picture(lib, address) {
    // kept as attachment:<digest>; only the screen knows the address
    return lib.Node.create({
      name: "image", group: "inline", inline: true, draggable: true,
      addAttributes: function () { return { src: { default: null }, alt: { default: "" } }; },
      parseHTML: function () { return [{ tag: "img[src]" }]; },
      renderHTML: function (given) { return ["img", given.HTMLAttributes]; },
      addNodeView: function () {
        return function (given) {
          var dom = document.createElement("img");
          dom.src = address(given.node.attrs.src);
          dom.alt = given.node.attrs.alt;
          return { dom: dom };
        };
      }
    });
  }

  function figure(lib) {
    return [
      lib.Node.create({
        name: "figure", group: "block", content: "block+ figcaption", isolating: true,
        parseHTML: function () { return [{ tag: "figure" }]; },
        renderHTML: function (given) { return ["figure", given.HTMLAttributes, 0]; }
      }),
      lib.Node.create({
        name: "figcaption", content: "inline*",
        parseHTML: function () { return [{ tag: "figcaption" }]; },
        renderHTML: function (given) { return ["figcaption", given.HTMLAttributes, 0]; }
      })
    ];
  }

  function tableTitle(lib) {
    // a table of the editor holds rows alone: its caption stands before it and goes back into it when it is saved
    return lib.Node.create({
      name: "tableTitle", group: "block", content: "inline*", priority: 1000,
      parseHTML: function () { return [{ tag: "p.table-title" }]; },
      renderHTML: function () { return ["p", { class: "table-title" }, 0]; }
    });
  }

  drafting.extensions = function (lib, address) {
    var scoped = lib.TableHeader.extend({
      addAttributes: function () { return Object.assign({}, this.parent(), { scope: { default: null } }); }
    });
    return [
      lib.Document, lib.Text, lib.Paragraph, lib.Heading.configure({ levels: [2, 3, 4] }), lib.Bold, lib.Italic,
      lib.Underline, lib.Strike, lib.Superscript, lib.Subscript, lib.BulletList,
      lib.OrderedList.configure({ enableListAttributes: false }), lib.ListItem, lib.Blockquote, lib.HardBreak,
      lib.Link.configure({ autolink: false, linkOnPaste: false, openOnClick: false, protocols: ["mailto"] }),
      lib.History, lib.Dropcursor, lib.Gapcursor, lib.TrailingNode, lib.Table.configure({ resizable: false }),
      lib.TableRow, lib.TableCell, scoped, tableTitle(lib), picture(lib, address), side(lib),
      lib.Placeholder.configure({ placeholder: "在这里写正文，或者从 Word、WPS 粘贴；图片和附件可以拖进来" })
    ].concat(figure(lib));
  };

  function parsed(html) {
    return new DOMParser().parseFromString("<!doctype html><body>" + html, "text/html");
  }

  function renamed(cell, name) {
    var made = cell.ownerDocument.createElement(name);
    Array.from(cell.attributes).forEach(function (each) { made.setAttribute(each.name, each.value); });
    made.append.apply(made, Array.from(cell.childNodes));
    cell.replaceWith(made);
  }

  // From what is kept to what the editor reads: captions before tables, heads as header cells, sides on paragraphs.
  drafting.forEditor = function (html) {
    var whole = parsed(html);
    whole.querySelectorAll("table > caption").forEach(function (caption) {
      var title = whole.createElement("p");
      title.className = "table-title";
      title.append.apply(title, Array.from(caption.childNodes));
      caption.parentNode.before(title);
      caption.remove();
    });
    whole.querySelectorAll("td.center, td.right, th.center, th.right").forEach(function (cell) {
      var own = cell.className, bare = Array.from(cell.childNodes).every(function (each) {
        return each.nodeType !== 1 || !/^(P|UL|OL|TABLE|BLOCKQUOTE|FIGURE)$/.test(each.nodeName);
      });
      cell.removeAttribute("class");
      if (bare) {
        var paragraph = whole.createElement("p");
        paragraph.className = own;
        paragraph.append.apply(paragraph, Array.from(cell.childNodes));
        cell.append(paragraph);
      } else cell.querySelectorAll(":scope > p:not([class])").forEach(function (each) { each.className = own; });
    });
    whole.querySelectorAll("thead td").forEach(function (cell) { renamed(cell, "th"); });
    return whole.body.innerHTML;
  };

  function headRows(table) {
    var rows = Array.from(table.rows), count = rows.findIndex(function (row) {
      return !row.cells.length || Array.from(row.cells).some(function (cell) { return cell.nodeName !== "TH"; });
    });
    var crossing = function (row, at) {
      return Array.from(row.cells).some(function (cell) { return at + cell.rowSpan > count; });
    };
    while (count > 0 && rows.slice(0, count).some(crossing)) count -= 1;
    return rows.slice(0, Math.max(0, count));
  }

  // From the editor's document to what is sent. In a document of its own: no picture of it is asked for.
  drafting.fromEditor = function (lib, doc) {
    var apart = document.implementation.createHTMLDocument(""), body = apart.body;
    body.append(lib.pm.model.DOMSerializer.fromSchema(doc.type.schema).serializeFragment(doc.content, { document: apart }));
    body.querySelectorAll("p.table-title").forEach(function (title) {
      var table = title.nextElementSibling;
      title.removeAttribute("class");
      if (!table || table.nodeName !== "TABLE" || !title.textContent.trim()) return;
      var caption = table.createCaption();
      caption.append.apply(caption, Array.from(title.childNodes));
      title.remove();
    });
    body.querySelectorAll("table").forEach(function (table) {
      var rows = headRows(table);
      if (rows.length) table.createTHead().append.apply(table.tHead, rows);
    });
    body.querySelectorAll(":scope > p:empty").forEach(function (each) { each.remove(); });
    return body.textContent.trim() || body.querySelector("img, table") ? body.innerHTML : "";
  };
})();
