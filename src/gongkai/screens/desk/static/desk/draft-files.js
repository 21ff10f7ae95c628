// Files come one after the other, each with its progress; what is wrong with one is told at it.
(function () {
  "use strict";
  var drafting = window.drafting = window.drafting || {};
  var PICTURE = /^image\/(png|jpeg|gif)$/;

  function size(bytes) {
    return bytes < 1048576 ? Math.max(1, Math.round(bytes / 1024)) + " KB" : (bytes / 1048576).toFixed(1) + " MB";
  }

  function line(list, file) {
    var made = document.createElement("div"), name = document.createElement("span"), bar = document.createElement("progress"), said = document.createElement("span");
    made.className = "upload";
    name.textContent = file.name + "（" + size(file.size) + "）";
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", "上传 " + file.name);
    said.className = "small muted";
    said.textContent = "等着上传";
    made.append(name, bar, said);
    list.append(made);
    return {
      progress: function (share) { bar.value = share; said.textContent = share < 100 ? "已传 " + Math.floor(share) + "%" : "正在检查"; },
      done: function () { made.remove(); },
      failed: function (lines) {
        var away = document.createElement("button");
        away.type = "button";
        away.className = "button button-quiet button-small";
        away.textContent = "知道了";
        away.addEventListener("click", function () { made.remove(); });
        bar.remove();
        said.className = "error";
        said.textContent = lines.join("；");
        made.append(away);
      }
    };
  }

  function lines(request) {
    try { return JSON.parse(request.responseText).faults.lines; } catch (other) { /* not our answer */ }
    if (request.status === 413) return ["文件太大，每个不超过50兆字节"];
    if (request.status === 401 || request.status === 403) return ["没有传上：登录已经过期，登录以后再传"];
    return ["没有传上：" + (request.status ? "系统没有办成，过一会儿再传" : "网断了，恢复以后再传")];
  }

  function send(address, token, kind, file, shown) {
    return new Promise(function (done) {
      var request = new XMLHttpRequest(), body = new FormData();
      body.append("csrfmiddlewaretoken", token);
      body.append("as", kind);
      body.append("file", file);
      request.upload.addEventListener("progress", function (event) { if (event.lengthComputable) shown.progress(event.loaded / event.total * 100); });
      request.addEventListener("loadend", function () {
        var told = null;
        if (request.status === 200) try { told = JSON.parse(request.responseText); } catch (page) { /* a page to sign in */ }
        if (told) shown.done();
        else shown.failed(lines(request));
        done(told);
      });
      request.open("POST", address);
      request.setRequestHeader("Accept", "application/json");
      request.send(body);
    });
  }

  // `on`: token(), attached(state), pictured(told, position), imported(told).
  drafting.files = function (form, list, on) {
    var queue = Promise.resolve(), under = null;

    function take(kind, file, at) {
      var shown = line(list, file);
      queue = queue.then(function () { return send(form.dataset.upload, on.token(), kind, file, shown); }).then(function (told) {
        if (!told) return;
        if (kind === "attachment") on.attached(told);
        else if (kind === "picture") on.pictured(told, at);
        else on.imported(told);
      });
      var mine = under = queue.then(function () { if (under === mine) under = null; });
    }

    return {
      under: function () { return under; },  // the promise of what is still coming, or null
      attach: function (files) { Array.from(files).forEach(function (each) { take("attachment", each); }); },
      pictures: function (files, at) { Array.from(files).forEach(function (each) { take("picture", each, at); }); },
      bring: function (file) { take("import", file); },
      // what was dropped into the text: pictures stand in it, anything else is an attachment
      dropped: function (files, at) {
        files.forEach(function (each) { take(PICTURE.test(each.type) ? "picture" : "attachment", each, at); });
      }
    };
  };
})();
