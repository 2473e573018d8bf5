/**
 * What crosses the WebSocket, as types. The one truth is `assistant/kiosk/protocol.py`.
 *
 * @typedef {{intent: string, slots?: Record<string, string>}} Ask
 * @typedef {{label: string, say: string, ask: Ask | null, language?: string | null}} Suggestion
 * @typedef {{scheduled: string, expected: string | null, line: string, headsign: string, platform: string | null,
 *   status: "scheduled" | "on_time" | "delayed" | "cancelled", trip: string, arrival?: string | null,
 *   colour?: string | null, text_colour?: string | null, mode?: string | null, trip_name?: string | null,
 *   scheduled_platform?: string | null, headway_s?: number | null, onward?: string | null}} DepartureRow
 * @typedef {{type: "departures", title: string, departures: DepartureRow[]}} DeparturesCard
 * @typedef {{kind: "ride" | "walk", start: string, goal: string, start_platform: string | null,
 *   goal_platform: string | null, departure: string, arrival: string, line: string | null, headsign: string | null,
 *   trip: string | null, trip_name: string | null, stops: number, colour: string | null, text_colour: string | null,
 *   mode: string | null, headway_s?: number | null}} LegRow
 * @typedef {{departure: string, arrival: string, changes: number, legs: LegRow[]}} JourneyRow
 * @typedef {{type: "journey", title: string, journeys: JourneyRow[]}} JourneyCard
 * @typedef {"walkway" | "stairs" | "moving_walkway" | "escalator" | "lift" | "fare_gate" | "exit_gate"} PathwayMode
 * @typedef {{text: string, mode: PathwayMode, level: string | null, metres: number | null, seconds: number}} StepRow
 * @typedef {{level: string, name: string, image: string, text: string}} LevelMap
 * @typedef {{type: "route", title: string, goal: string, metres: number | null, seconds: number, step_free: boolean,
 *   steps: StepRow[], maps: LevelMap[]}} RouteCard
 * @typedef {{type: "place", id: string, name: string, category: string, level: string | null, where: string,
 *   hours: string | null, hours_text: string | null, open_now: boolean | null, step_free: boolean | null,
 *   metres: number | null, seconds?: number | null, note: string, others: string[]}} PlaceCard
 * @typedef {{area: string, quantity: string, label: string, value: number | null, unit: string, silent: boolean}} SensorRow
 * @typedef {{at: string, value: number | null, band: number | null}} AirHour
 * @typedef {{type: "air_quality", index: number | null, category: string | null, band?: number | null, label: string, system: string,
 *   equivalent: boolean, at: string, sensors: SensorRow[], day?: AirHour[]}} AirQualityCard
 * @typedef {{type: "choices", title: string, choices: Suggestion[]}} ChoicesCard
 * @typedef {{type: "text", title: string, lines: string[]}} TextCard
 * @typedef {DeparturesCard | JourneyCard | RouteCard | PlaceCard | AirQualityCard | ChoicesCard | TextCard} Card
 * @typedef {{text: string, speech: string, card: Card | null}} Reply
 * @typedef {{id: string, conversation_id: string, language: string,
 *   heard: {text: string, confidence: number, engine: string} | null,
 *   replies: Reply[], suggestions: Suggestion[]}} Turn
 * @typedef {{title: string, status: number, code: string, detail: string}} Problem
 * @typedef {{hear: boolean, speak: boolean, captions: boolean}} SpeechAbility
 * @typedef {"ready" | "degraded" | "down"} Health
 * @typedef {{exit_id: string, refuge: boolean, name: Record<string, string>, steps: Record<string, string[]>,
 *   metres: number | null, seconds: number, safe: boolean}} WayOut
 * @typedef {{id: string, life_safety: boolean, status: "Actual" | "Exercise" | "System" | "Test",
 *   colour: "red" | "yellow" | "green", category: string, response: string, severity: string, since: string,
 *   event: Record<string, string>, headline: Record<string, string>, instruction: Record<string, string>,
 *   area: Record<string, string>, sender: Record<string, string>, way_out: WayOut | null,
 *   way_out_step_free: WayOut | null}} AlertView
 *
 * @typedef {"speech" | "next" | "previous" | "select" | "repeat" | "louder" | "quieter" | "faster" | "slower" | "talk" | "start_over" | "help"} KeyAction
 * @typedef {"slow" | "normal" | "fast"} Pace
 * @typedef {{inches: number | null, distance_mm: number}} ScreenSize
 * @typedef {{emergency: string | null, staff: string | null, where: string[]}} Contacts
 * @typedef {{type: "welcome", conversation_id: string, resumed: boolean, language: string, languages: string[], station: string,
 *   kiosk: string, now: string, idle_s: number, quiet_s: number, speech: Record<string, SpeechAbility>,
 *   suggestions: Suggestion[], notice: string | null, keypad: Record<string, KeyAction>,
 *   headset: Record<string, "plugged" | "unplugged">, screen: ScreenSize, help: Contacts, privacy: string[]}} Welcome
 * @typedef {{type: "status", status: Health, components: Record<string, Health>,
 *   speech: Record<string, SpeechAbility>}} Status
 * @typedef {{type: "listening", turn_id: string}} Listening
 * @typedef {{type: "listening_end", turn_id: string, reason: "end" | "never-started" | "too-long"}} ListeningEnd
 * @typedef {{type: "caption", turn_id: string, text: string, final: boolean}} Caption
 * @typedef {{type: "thinking", turn_id: string}} Thinking
 * @typedef {{type: "turn", turn: Turn}} TurnMessage
 * @typedef {{type: "audio", turn_id: string, rate: number, text: string, synthetic: true}} Audio
 * @typedef {{type: "reading", reading_id: string, rate: number, synthetic: true}} Reading
 * @typedef {{type: "reading_end", reading_id: string, outcome: "said" | "cancelled" | "unable"}} ReadingEnd
 * @typedef {{type: "preferences", pace: Pace, step_free: boolean}} Preferences
 * @typedef {{type: "alerts", alerts: AlertView[], disclaimer: Record<string, string>}} AlertsMessage
 * @typedef {{type: "alert_audio", alert_id: string, language: string, rate: number}} AlertAudio
 * @typedef {{type: "turn_end", turn_id: string,
 *   outcome: "answered" | "nothing_heard" | "cancelled" | "failed"}} TurnEnd
 * @typedef {{type: "problem", turn_id: string | null, problem: Problem}} ProblemMessage
 * @typedef {Welcome | Status | Listening | ListeningEnd | Caption | Thinking | TurnMessage | Audio | Reading
 *   | ReadingEnd | Preferences | AlertsMessage | AlertAudio | TurnEnd | ProblemMessage} ServerMessage
 *
 * @typedef {{type: "hello", language: string, resume?: string | null}
 *   | {type: "say", text: string}
 *   | {type: "ask", ask: Ask, say: string}
 *   | {type: "listen"} | {type: "listen_free"} | {type: "listen_end"} | {type: "listen_cancel"} | {type: "hush"}
 *   | {type: "language", language: string}
 *   | {type: "prefer", pace?: Pace, step_free?: boolean}
 *   | {type: "read", reading_id: string, text: string, language: string}
 *   | {type: "reset", language?: string | null}} ClientMessage
 */

/** Longest text a `say` may carry. */
export const LONGEST_TEXT = 500;

/** Rate of the sound sent, in samples a second. */
export const RATE = 16000;
