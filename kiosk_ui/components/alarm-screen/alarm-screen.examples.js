import { REFUGE, alarmed, fire } from "../../examples/station.js";

/** @import { Examples } from "../../examples/stage.js" */
/** @import { AlertView } from "../../protocol.js" */

/** A second danger, of which no way out is known. @type {AlertView} */
export const GAS = fire({
  id: "gas-1", way_out: null, way_out_step_free: null,
  headline: { en: "Carbon monoxide on platform 11. Leave the platform.", zh: "11号站台有一氧化碳，请离开站台。", ko: "11번 승강장에 일산화탄소가 있습니다. 승강장에서 나가세요." },
});
const STORM = fire({
  id: "storm-1", colour: "yellow", response: "Shelter", way_out: null, way_out_step_free: null,
  headline: { en: "Storm. Stay inside the station.", zh: "有暴风，请留在站内。", ko: "폭풍입니다. 역 안에 머무르세요." },
  instruction: { en: "Keep away from the glass roof.", zh: "请远离玻璃屋顶。", ko: "유리 지붕에서 떨어지세요." },
});

/** @type {Examples} */
export const examples = {
  "a fire": (stage) => stage.show({ state: alarmed(fire()) }),
  "two, the connection is lost": (stage) => stage.show({ state: { ...alarmed(fire({ way_out_step_free: REFUGE }), GAS), connected: false, staleAt: 0 } }),
  "stay inside": (stage) => stage.show({ state: alarmed(STORM) }),
  "over": (stage) => stage.show({ state: alarmed({ ...STORM, colour: "green", response: "AllClear", headline: { en: "The storm is over.", zh: "暴风已经结束。", ko: "폭풍이 끝났습니다." } }) }),
};
export const frame = { width: 1240, height: 775 };
