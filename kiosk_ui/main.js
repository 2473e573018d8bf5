import "./components/alarm-screen/alarm-screen.js";
import "./components/alert-banner/alert-banner.js";
import "./components/caption-strip/caption-strip.js";
import "./components/conversation-screen/conversation-screen.js";
import "./components/help-panel/help-panel.js";
import "./components/idle-screen/idle-screen.js";
import "./components/idle-warning/idle-warning.js";
import "./components/kiosk-dock/kiosk-dock.js";
import "./components/language-panel/language-panel.js";
import "./components/offline-screen/offline-screen.js";
import "./components/privacy-panel/privacy-panel.js";
import "./components/settings-panel/settings-panel.js";
import "./components/station-header/station-header.js";
import "./components/suggestion-tiles/suggestion-tiles.js";
import "./components/text-entry/text-entry.js";

import { Kiosk } from "./kiosk.js";
import { loadTranslators } from "./i18n.js";
import { Screen } from "./screen.js";

const screen = new Screen(await loadTranslators());
new Kiosk(screen).start();
