"use strict";

/**
 * Opened from the disk before the assistant runs: `start.html#http://127.0.0.1:8080/&emergency=112`. It waits for the assistant and
 * goes there. A classic script, because a browser takes no modules from the disk.
 */
(() => {
  const EVERY_MS = 1000;
  /** Only this machine; the page's policy says the same. */
  const ADDRESS = /^http:\/\/(?:127\.0\.0\.1|localhost)(?::(\d{1,5}))?\/?$/;
  const LAST_PORT = 65535;
  const NUMBER = /^[\d +()-]{2,20}$/;

  /** @param {string} selector @returns {HTMLElement} */
  const find = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));

  /** What stands behind the `#`. @returns {{address: string | null, emergency: string | null}} */
  function asked() {
    const [address = "", ...rest] = location.hash.slice(1).split("&");
    const emergency = new URLSearchParams(rest.join("&").replaceAll("+", "%2B")).get("emergency");
    const found = ADDRESS.exec(address);
    const known = found !== null && Number(found[1] ?? 0) <= LAST_PORT;
    return { address: known ? address.replace(/\/?$/, "/") : null, emergency: emergency && NUMBER.test(emergency) ? emergency : null };
  }

  /** A machine without a battery for its clock wakes up long ago: such a time is not shown. */
  function tellTime() {
    const time = find("time");
    const now = new Date();
    time.hidden = now.getFullYear() < Number(time.dataset.since);
    time.textContent = now.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  }

  /** Goes to the assistant as soon as it answers. @param {string} address */
  async function look(address) {
    try {
      await fetch(`${address}livez`, { mode: "no-cors", cache: "no-store", signal: AbortSignal.timeout(EVERY_MS) });
      location.replace(address);
    } catch {
      setTimeout(() => look(address), EVERY_MS);
    }
  }

  const { address, emergency } = asked();
  find(".number").hidden = emergency === null;
  find(".number").textContent = emergency;
  find(".mistake").hidden = address !== null;
  tellTime();
  setInterval(tellTime, EVERY_MS);
  if (address) look(address);
  addEventListener("hashchange", () => location.reload());
})();
