// Runs before the first paint: sets colours and language as last chosen, then loads the app.
"use strict";
(() => {
  const LOADING = { fi: "Ladataan…", sv: "Laddar…", en: "Loading…" };
  const FAILED = {
    fi: "Polku ei käynnistynyt. Tarkista verkkoyhteys ja lataa sivu uudelleen. Jos vika jatkuu, päivitä selain.",
    sv: "Polku startade inte. Kontrollera nätanslutningen och ladda om sidan. Om felet kvarstår, uppdatera webbläsaren.",
    en: "Polku did not start. Check your connection and reload the page. If that does not help, update your browser.",
  };
  const AGAIN = { fi: "Lataa uudelleen", sv: "Ladda om", en: "Reload" };

  const root = document.documentElement;
  const script = document.currentScript;

  // Storage may be forbidden; the page works without what was saved.
  const saved = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  };

  const scheme = saved("polku.scheme");
  if (["light", "dark", "auto"].includes(scheme)) {
    root.dataset.colorScheme = scheme;
  }
  const wanted = [saved("polku.lang"), ...(navigator.languages ?? [])].map((tag) => (tag ?? "").slice(0, 2));
  const lang = wanted.find((tag) => tag in LOADING) ?? "fi";
  root.lang = lang;

  // The app will ask for the words of this language; they come while it is still being loaded.
  const words = document.createElement("link");
  Object.assign(words, { rel: "preload", as: "fetch", type: "application/wasm", crossOrigin: "anonymous", href: script.dataset[lang] });
  document.head.append(words);

  // Who was signed in here is let in while the app is still being loaded: on a slow network each question takes long.
  // The app takes over what came of it, and asks itself when nothing did.
  const comeBack = async () => {
    const ask = async (path, options) => {
      const answer = await fetch(`/api/v1${path}`, {
        ...options,
        headers: { "accept-language": lang, "x-polku-client": "web", ...options.headers },
        signal: AbortSignal.timeout(20_000),
      });
      return answer.ok ? answer.text() : undefined;
    };
    const headers = { "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
    const signedIn = await ask("/sessions/refresh", { method: "POST", headers, body: "{}" });
    if (!signedIn) {
      return undefined;
    }
    const me = ask("/me", { headers: { authorization: `Bearer ${JSON.parse(signedIn).access_token}` } });
    return [signedIn, await me.catch(() => undefined)];
  };
  const back = saved("polku.signed-in") ? comeBack().catch(() => undefined) : undefined;

  const ready = new Promise((resolve) => {
    if (document.readyState === "loading") {
      document.addEventListener("DOMContentLoaded", resolve, { once: true });
    } else {
      resolve();
    }
  });

  // A screen reader hears it at once; eyes see it only if loading takes long (boot.css).
  ready.then(() => {
    const boot = document.getElementById("boot");
    if (boot) {
      boot.textContent = LOADING[lang];
    }
  });

  const failed = () => {
    const boot = document.getElementById("boot");
    if (!boot) {
      return;
    }
    const order = [lang, ...Object.keys(FAILED).filter((tag) => tag !== lang)];
    boot.setAttribute("role", "alert");
    boot.classList.add("boot-failed");
    boot.replaceChildren(
      ...order.map((tag) => {
        const line = document.createElement("p");
        line.lang = tag;
        line.textContent = FAILED[tag];
        return line;
      }),
    );
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ds-button";
    button.textContent = AGAIN[lang];
    button.addEventListener("click", () => location.reload());
    boot.append(button);
  };

  const start = async () => {
    const [app] = await Promise.all([import(script.dataset.app), ready]);
    await app.default({ module_or_path: script.dataset.wasm });
    await app.start(back);
    document.getElementById("boot")?.remove();
  };
  start().catch((error) => {
    console.error(error);
    ready.then(failed);
  });
})();
