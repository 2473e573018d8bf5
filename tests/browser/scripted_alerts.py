"""Alerts of the invented station of `scripted`, in its three languages."""

from typing import Any

from assistant.alarm.views import AlertView, WayOut
from tests.browser.scripted import NOW

DISCLAIMER = {
    "en": "Information only. Not a fire detection, alarm or voice-evacuation system; follow the certified alarm and staff.",
    "zh": "仅供参考。本机不是火灾探测、报警或语音疏散系统；请听从经认证的警报和工作人员的指引。",
    "ko": "참고용 안내입니다. 화재 감지, 경보 또는 음성 대피 장치가 아니므로 인증된 경보와 직원의 안내를 따르세요.",
}
WAY_OUT = WayOut(
    exit_id="exit-b", refuge=False, metres=120, seconds=100,
    name={"en": "Exit B, Harbour Street", "zh": "B出口，港口街", "ko": "B 출구, 하버 스트리트"},
    steps={
        "en": [
            "Turn around and walk 40 metres to the ticket hall.",
            "Take the stairs up to street level.",
            "Leave through Exit B on your left.",
        ],
        "zh": ["转身步行40米到售票厅。", "走楼梯上到地面层。", "从左侧的B出口离开。"],
        "ko": ["뒤로 돌아 매표소까지 40m 걸어가세요.", "계단으로 지상층까지 올라가세요.", "왼쪽 B 출구로 나가세요."],
    },
)  # fmt: skip
REFUGE = WayOut(
    exit_id="refuge-1", refuge=True, metres=35, seconds=40,
    name={"en": "Refuge beside the ticket hall", "zh": "售票厅旁避难处", "ko": "매표소 옆 대피 공간"},
    steps={
        "en": ["Turn around and go 35 metres to the ticket hall.", "Wait behind the fire door and press the call button."],
        "zh": ["转身前行35米到售票厅。", "在防火门后等候，并按呼叫按钮。"],
        "ko": ["뒤로 돌아 매표소까지 35m 이동하세요.", "방화문 뒤에서 기다리며 호출 버튼을 누르세요."],
    },
)  # fmt: skip
STEP_FREE = WayOut(
    exit_id="exit-c", refuge=False, metres=160, seconds=170,
    name={"en": "Exit C, Quay", "zh": "C出口，码头", "ko": "C 출구, 부두"},
    steps={
        "en": ["Go straight on past the shops, 90 metres.", "Follow the ramp to the quay.", "Leave through the wide gate of Exit C."],
        "zh": ["沿商店直行90米。", "沿坡道前往码头。", "从C出口的宽闸门离开。"],
        "ko": ["상점을 지나 90m 직진하세요.", "경사로를 따라 부두로 가세요.", "C 출구의 넓은 문으로 나가세요."],
    },
)  # fmt: skip
HALL = {"en": "Lower hall and platforms 1–4", "zh": "地下大厅和1–4号站台", "ko": "지하 대합실과 1–4번 승강장"}
STATION = {"en": "Station control", "zh": "车站控制室", "ko": "역 관제실"}


def fire(**changes: Any) -> AlertView:
    """A real fire: everybody leaves."""
    known: dict[str, Any] = {
        "id": "fire-1", "life_safety": True, "status": "Actual", "colour": "red", "category": "Fire", "response": "Evacuate",
        "severity": "Extreme", "since": NOW, "area": HALL, "sender": STATION, "way_out": WAY_OUT, "way_out_step_free": REFUGE,
        "event": {"en": "Fire", "zh": "火灾", "ko": "화재"},
        "headline": {
            "en": "Fire in the lower hall. Leave the station now.",
            "zh": "地下大厅发生火灾，请立即离开车站。",
            "ko": "지하 대합실에 불이 났습니다. 지금 역에서 나가세요.",
        },
        "instruction": {
            "en": "Walk, do not run. Leave your luggage. Emergency number: 112.",
            "zh": "请步行，不要奔跑。请勿携带行李。紧急电话：112。",
            "ko": "뛰지 말고 걸어서 이동하세요. 짐은 두고 가세요. 긴급 전화: 112.",
        },
    }  # fmt: skip
    return AlertView.model_validate(known | changes)


def gas(**changes: Any) -> AlertView:
    """A second danger, of which nobody knows a way out."""
    return fire(**{
        "id": "gas-1", "category": "Health", "severity": "Severe", "way_out": None, "way_out_step_free": None,
        "event": {"en": "Carbon monoxide", "zh": "一氧化碳", "ko": "일산화탄소"},
        "headline": {
            "en": "Carbon monoxide on platform 11. Leave the platform.",
            "zh": "11号站台有一氧化碳，请离开站台。",
            "ko": "11번 승강장에 일산화탄소가 있습니다. 승강장에서 나가세요.",
        },
        "area": {"en": "Platform 11", "zh": "11号站台", "ko": "11번 승강장"},
    } | changes)  # fmt: skip


def shelter(**changes: Any) -> AlertView:
    """A danger outside: stay in."""
    return fire(**{
        "id": "storm-1", "category": "Met", "severity": "Severe", "colour": "yellow",
        "response": "Shelter", "way_out": None, "way_out_step_free": None,
        "event": {"en": "Storm", "zh": "暴风", "ko": "폭풍"},
        "headline": {"en": "Storm. Stay inside the station.", "zh": "有暴风，请留在站内。", "ko": "폭풍입니다. 역 안에 머무르세요."},
        "instruction": {"en": "Keep away from the glass roof.", "zh": "请远离玻璃屋顶。", "ko": "유리 지붕에서 떨어지세요."},
        "area": {"en": "Whole station", "zh": "全站", "ko": "역 전체"},
    } | changes)  # fmt: skip


def dust(**changes: Any) -> AlertView:
    """Dust in the air: no danger to life."""
    return fire(**{
        "id": "dust-1", "life_safety": False, "colour": "yellow", "category": "Env", "severity": "Moderate", "response": "Avoid",
        "way_out": None, "way_out_step_free": None,
        "event": {"en": "Air quality", "zh": "空气质量", "ko": "공기 질"},
        "headline": {
            "en": "Much dust in the air on platforms 1–4.",
            "zh": "1–4号站台空气中粉尘较多。",
            "ko": "1–4번 승강장 공기에 먼지가 많습니다.",
        },
        "instruction": {"en": "Wait in the main hall if you can.", "zh": "如有可能，请在大厅等候。", "ko": "되도록 대합실에서 기다리세요."},
        "area": {"en": "Platforms 1–4", "zh": "1–4号站台", "ko": "1–4번 승강장"},
    } | changes)  # fmt: skip


def exercise(**changes: Any) -> AlertView:
    """The same fire, as an exercise."""
    return fire(**{"id": "exercise-1", "status": "Exercise"} | changes)
