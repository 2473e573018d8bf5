/** Pictograms, drawn for this page on a 24-unit grid, two units thick. They only repeat what the text beside them says. */

const CIRCLE = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z";

const PATHS = /** @type {Record<string, string>} */ ({
  accessible: "M10.5 5.2a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3z M10.5 8v6.5h5.5l2.5 5 M10.5 11h5 M8 11.5a5.2 5.2 0 1 0 7 7",
  air: "M3 9h11a3 3 0 1 0-3-3 M3 13h15a3 3 0 1 1-3 3 M3 17h6",
  appearance: `${CIRCLE} M12 7.7h.01 M7.5 10.6l4.5 1 4.5-1 M12 11.6v3 M12 14.6l-2 3.6 M12 14.6l2 3.6`,
  arrow: "M4 12h15 M13 6l6 6-6 6",
  atm: "M3 6h18v12H3z M3 10h18 M7 14.5h4",
  backspace: "M9 5h12v14H9l-6-7z M12.5 9.5l5 5 M17.5 9.5l-5 5",
  bag: "M5 8h14l1 13H4z M9 8V6a3 3 0 0 1 6 0v2",
  bell: "M6 17v-6a6 6 0 0 1 12 0v6 M4 17h16 M10.5 20.5h3 M12 5V3",
  bike: "M6 20a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z M18 20a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z M6 16.5l4-8h6 M8.5 12h7.5 M14 8.5l4 8 M15 5h2",
  bus: "M5 4h14v13H5z M5 11h14 M7.5 17v3 M16.5 17v3 M8.5 14h.01 M15.5 14h.01",
  calendar: "M4 5h16v15H4z M4 10h16 M8 3v4 M16 3v4",
  camera_off: "M7 7h8v4 M15 14v3H4V7 M15 11.5l6-3v8l-4-2 M3 3l18 18",
  captions: "M3 5h18v14H3z M6.5 11.5h5 M14.5 11.5h3 M6.5 15.5h3 M12.5 15.5h5",
  car: "M4 17v-5l2-5h12l2 5v5z M4 12h16 M7 17v2.5 M17 17v2.5 M7.5 14.5h.01 M16.5 14.5h.01",
  check: "M5 12.5l5 5 9-11",
  clock: `${CIRCLE} M12 7v5l3.5 2`,
  close: "M6 6l12 12 M18 6L6 18",
  cross: "M10 4h4v6h6v4h-6v6h-4v-6H4v-4h6z",
  cup: "M5 9h11v6a4 4 0 0 1-4 4H9a4 4 0 0 1-4-4z M16 10.5h1.5a2.25 2.25 0 0 1 0 4.5H16 M8.5 3v3 M12.5 3v3 M4 22h13",
  down: "M12 3v11 M7 9.5l5 5 5-5 M4 20h16",
  drop: "M12 3s6 7 6 11a6 6 0 0 1-12 0c0-4 6-11 6-11z",
  escalator: "M3 20h4.5L17 9h4 M7 12V4 M4 7l3-3 3 3",
  exit: "M14 4h6v16h-6 M4 12h11 M11 8l4 4-4 4",
  forget: "M4 7h16 M9 7V4h6v3 M6.5 7l1 14h9l1-14 M10.5 11v6 M13.5 11v6",
  gate: "M4 4v16 M20 4v16 M4 9.5h5.5v5H4 M20 9.5h-5.5v5H20",
  globe: `${CIRCLE} M3 12h18 M12 3c3.5 4 3.5 14 0 18 M12 3c-3.5 4-3.5 14 0 18`,
  help: `${CIRCLE} M12 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z M5.6 5.6l3.9 3.9 M18.4 5.6l-3.9 3.9 M5.6 18.4l3.9-3.9 M18.4 18.4l-3.9-3.9`,
  home: "M4 11l8-7 8 7v9h-5v-6H9v6H4z",
  info: `${CIRCLE} M12 11v5.5 M12 7.5h.01`,
  keyboard: "M2.5 6h19v12h-19z M6.5 10h.01 M10.2 10h.01 M13.8 10h.01 M17.5 10h.01 M8 14h8",
  level: "M12 4l9 4.5-9 4.5-9-4.5z M3 14.5l9 4.5 9-4.5",
  lift: "M5 3h14v18H5z M9 10.5l3-3.5 3 3.5 M9 13.5l3 3.5 3-3.5",
  luggage: "M6 8h12v12H6z M9 8V4h6v4 M10 12v4 M14 12v4",
  microphone: "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3z M5.5 11a6.5 6.5 0 0 0 13 0 M12 17.5V21 M8.5 21h7",
  minus: "M5 12h14",
  moving_walkway: "M3 19h18 M5 13h13 M14 9l4 4-4 4",
  network_off: "M2.5 9.5a13 13 0 0 1 5-3 M12 5.5a13.5 13.5 0 0 1 9.5 4 M6 13.5a8.5 8.5 0 0 1 4-2.2 M15.5 12a8.5 8.5 0 0 1 2.5 1.5 M12 18h.01 M4 3l16 18",
  next: "M9 5l7 7-7 7",
  open: "M5 9l7 7 7-7",
  person: "M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M4 21c0-5 4-7 8-7s8 2 8 7",
  phone: "M5 3h4l1.5 5-2.5 1.7a13 13 0 0 0 6.3 6.3l1.7-2.5 5 1.5v4a2 2 0 0 1-2 2A17 17 0 0 1 3 5a2 2 0 0 1 2-2z",
  pin: "M12 21.5s-7-6.5-7-11.5a7 7 0 0 1 14 0c0 5-7 11.5-7 11.5z M12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  plus: "M12 5v14 M5 12h14",
  question: `${CIRCLE} M9 9.5a3 3 0 1 1 4.5 2.5c-1 .6-1.5 1.1-1.5 2 M12 17h.01`,
  shield: "M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6z M8.5 12l2.5 2.5 4.5-4.5",
  speaker: "M4 9.5h3.5L12 5.5v13l-4.5-4H4z M15.5 9a4.5 4.5 0 0 1 0 6 M18 6.5a8 8 0 0 1 0 11",
  stairs: "M3 20h5v-5h5v-5h5V5h3",
  stop: "M7 7h10v10H7z",
  ticket: "M3 7h18v3a2 2 0 0 0 0 4v3H3v-3a2 2 0 0 0 0-4z M14.5 7v10",
  toilet: "M6.5 5.5a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2z M17.5 5.5a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2z M12 3v18 M4 9h5v5.5H8V21H5v-6.5H4z M17.5 9l3 7H19v5h-3v-5h-1.5z",
  train: "M7 3h10a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3V6a3 3 0 0 1 3-3z M4 10h16 M12 3v7 M8 13.5h.01 M16 13.5h.01 M8 17l-2 4 M16 17l2 4",
  undo: "M4.5 4.5v5h5 M4.8 9.5a8 8 0 1 1-.6 4",
  walk: "M13.5 4.6a1.4 1.4 0 1 0 0-2.8 1.4 1.4 0 0 0 0 2.8z M12.5 7.5l-1 6 3.5 3 1.5 5.5 M11.5 13.5L10.5 17 7.5 22 M7.5 12.5L8.5 9l4-1.5 2 3 3.5 1.5",
  warning: "M12 4L2.5 20h19z M12 10v4.5 M12 17.2h.01",
});

const CATEGORIES = /** @type {Record<string, string>} */ ({
  toilet: "toilet", accessible_toilet: "accessible", baby_room: "toilet", ticket_office: "ticket", ticket_machine: "ticket",
  information: "info", staff: "person", help_point: "info", lift: "lift", exit: "exit", platform: "train", taxi: "car",
  car_park: "car", bus: "bus", bike: "bike", luggage: "luggage", lost_property: "luggage", first_aid: "cross",
  defibrillator: "cross", pharmacy: "cross", water: "drop", cafe: "cup", restaurant: "cup", bakery: "cup", shop: "bag",
  supermarket: "bag", bookshop: "bag", atm: "atm", currency_exchange: "atm", police: "shield",
});

const TOPICS = /** @type {Record<string, string>} */ ({
  timetable: "train", trains: "train", journeys: "train", wayfinding: "walk", fares: "ticket", facilities: "pin", air_quality: "air", languages: "globe", robot: "question", privacy: "shield",
  staff_help: "person", emergency: "warning",
});

const MODES = /** @type {Record<string, string>} */ ({
  walkway: "walk", stairs: "stairs", moving_walkway: "moving_walkway", escalator: "escalator", lift: "lift", fare_gate: "gate",
  exit_gate: "gate",
});

const SVG = "http://www.w3.org/2000/svg";

/**
 * Draws a pictogram, hidden from screen readers.
 * @param {string} name
 * @returns {SVGSVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("data-icon", name);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name] ?? PATHS.pin ?? "");
  svg.append(path);
  return svg;
}

/** The pictogram of a kind of place. @param {string} category */
export const placeIcon = (category) => CATEGORIES[category] ?? "pin";

/** The pictogram of a way through the station. @param {import("./protocol.js").PathwayMode} mode */
export const modeIcon = (mode) => MODES[mode] ?? "walk";

/**
 * The pictogram of a tile: that of the place it asks for, else of its topic.
 * @param {import("./protocol.js").Ask | null} ask
 */
export function askIcon(ask) {
  const place = ask?.slots?.place?.replace(/^category:/, "") ?? "";
  if (ask?.intent.endsWith("_step_free")) return "accessible";
  const topic = Object.keys(TOPICS).find((name) => ask?.intent.startsWith(`${name}_`));
  return CATEGORIES[place] ?? (topic ? TOPICS[topic] : undefined) ?? "arrow";
}
