// Saving: by itself after a change, one thing at a time; what could not be saved stays on this machine and is offered back.
(function () {
  "use strict";
  var drafting = window.drafting = window.drafting || {};
  var PAUSE = 1500, LONGEST = 10000, AGAIN = 5000, COPY = 400;

  function fields(form) {
    // everything that is typed, without files, tokens and reasons that belong to a button
    var told = {};
    new FormData(form).forEach(function (value, name) {
      if (typeof value === "string" && !/^(csrfmiddlewaretoken|seen|theirs|because-)/.test(name)) told[name] = value;
    });
    return told;
  }

  function snapshot(form) { return JSON.stringify(fields(form)); }

  function time() {
    return new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
  }

  // `on`: told(state) for what the server shows, faults(faults, loudly), conflict(html), uploaded() → promise or null.
  drafting.saving = function (form, place, on) {
    var key = "gongkai:draft:" + form.dataset.id + ":" + form.dataset.person;
    var saved = snapshot(form), queue = Promise.resolve(), sending = false, stash = [], stopped = false, leaving = false;
    var timer = 0, since = 0, copying = 0;

    function say(words, late) {
      if (place.textContent !== words) place.textContent = words;
      place.classList.toggle("late", Boolean(late));
    }
    function seen(version) {
      if (version !== undefined) form.elements.seen.value = version;
      return Number(form.elements.seen.value);
    }
    function keepCopy() {
      try { localStorage.setItem(key, JSON.stringify({ at: time(), seen: seen(), fields: fields(form) })); } catch (full) { /* no room: the server is enough */ }
    }
    function dropCopy() {
      clearTimeout(copying);
      try { localStorage.removeItem(key); } catch (closed) { /* nothing was kept */ }
    }
    function dirty() { return snapshot(form) !== saved; }

    function touch() {
      if (!dirty()) return;
      say("有改动，还没有保存");
      clearTimeout(copying);
      copying = setTimeout(keepCopy, COPY);
      plan(Math.min(PAUSE, Math.max(0, (since = since || Date.now()) + LONGEST - Date.now())));
    }
    function plan(pause) {
      clearTimeout(timer);
      if (!stopped) timer = setTimeout(function () { if (dirty()) act("auto"); }, pause);
    }

    function renewed() {
      // after signing in again elsewhere the form's token is an old one; the page has the new
      return fetch(location.pathname, { credentials: "same-origin" }).then(function (answer) { return answer.text(); }).then(function (page) {
        var found = new DOMParser().parseFromString(page, "text/html").querySelector("#write [name=csrfmiddlewaretoken]");
        if (found) form.elements.csrfmiddlewaretoken.value = found.value;
        return Boolean(found);
      });
    }

    function post(what, body, again) {
      body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      body.set("seen", form.elements.seen.value);
      return fetch(location.pathname, { method: "POST", body: body, credentials: "same-origin", headers: { Accept: "application/json" } }).then(function (answer) {
        var json = /json/.test(answer.headers.get("Content-Type") || "");
        if (json) return answer.json().then(function (told) { return { status: answer.status, told: told }; });
        if ((answer.status === 403 || answer.status === 401 || answer.redirected) && again) {
          return renewed().then(function (found) {
            if (!found) throw new Error("登录已经过期，请在另一个窗口登录，这里会接着保存");
            return post(what, body, false);
          });
        }
        throw new Error(answer.status === 403 ? "没有权限，或者登录已经换了人" : "系统没有办成，过一会儿再存");
      }, function () { throw new Error("网断了，恢复以后会再保存"); });
    }

    function given(what) {
      var body = new FormData(form);
      ["imported", "attachments"].forEach(function (name) { body.delete(name); });
      body.set("do", what);
      return body;
    }

    function settle() {
      // an attachment that came meanwhile made one version more; any other number is somebody else's work
      while (stash.length) {
        var told = stash.shift();
        if (told.version === seen() + 1) { seen(told.version); on.told(told); }
      }
    }

    function sent(what, sentBody, state, again) {
      return post(what, sentBody, true).then(function (answer) {
        if (answer.status === 409) {
          if (again && on.uploaded()) {
            return on.uploaded().then(function () { settle(); return sent(what, sentBody, state, false); });
          }
          stopped = true;
          say("没有保存：这份稿子在别处改过", true);
          on.conflict(answer.told.conflict);
          return null;
        }
        if (answer.told.next) {
          leaving = true;
          dropCopy();
          location.assign(answer.told.next);
          return null;
        }
        if (answer.told.version === undefined) {  // nothing was saved
          say("没有保存：" + answer.told.faults.lines.join("；"), true);
          on.faults(answer.told.faults, what !== "auto");
          return null;
        }
        saved = state;
        since = 0;
        seen(answer.told.version);
        if (!dirty()) dropCopy();
        say(answer.told.saved);
        on.faults(answer.told.faults || { lines: [], at: {} }, what !== "auto");
        on.told(answer.told);
        if (dirty()) touch();
        return answer.told;
      });
    }

    // Do what a button says, after what was begun before; what was typed goes with it.
    function act(what) {
      clearTimeout(timer);
      queue = queue.then(function () {
        var state = snapshot(form), sentBody = given(what);
        if (what === "auto" && state === saved) return null;
        sending = true;
        say("正在保存");
        return sent(what, sentBody, state, true);
      }).catch(function (why) {
        say("没有保存：" + why.message + "；这台电脑上留了一份", true);
        keepCopy();
        plan(AGAIN);
        return null;
      }).then(function (told) {
        sending = false;
        settle();
        return told;
      });
      return queue;
    }

    window.addEventListener("online", function () { if (dirty()) act("auto"); });
    window.addEventListener("beforeunload", function (event) { if (!leaving && dirty()) event.preventDefault(); });

    return {
      touch: touch, act: act, dirty: dirty, dropCopy: dropCopy, token: function () { return form.elements.csrfmiddlewaretoken.value; },
      settled: function () { saved = snapshot(form); },  // what the page itself changed is nothing to save
      leave: function () { leaving = true; },
      adopt: function (told) { stash.push(told); if (!sending) settle(); },
      // what this machine kept and the server has not: {at, seen, fields} or null
      copy: function () {
        try {
          var kept = JSON.parse(localStorage.getItem(key));
          return kept && JSON.stringify(kept.fields) !== snapshot(form) ? kept : null;
        } catch (broken) { return null; }
      },
      seen: seen
    };
  };
})();
