import assert from "node:assert/strict";
import { test } from "node:test";

import { Api, Refused } from "./api.js";

const session = (csrf, id = "a") => ({ account: { id, name: "ada", role: "admin" }, csrf, ends_at: "" });
const answer = (status, body, headers = {}) => new Response(body === null ? null : JSON.stringify(body), { status, headers });

/** An API that answers in turn; `asked` holds what it was asked. */
function scripted(...answers) {
  const asked = [];
  const api = new Api(async (url, init) => {
    asked.push([init.method, url, init.headers["x-csrf-token"], init.body]);
    const next = answers.shift();
    if (next instanceof Error) throw next;
    return next;
  });
  return { api, asked };
}

const refused = (status, code) => (error) => error instanceof Refused && error.status === status && error.code === code;

test("only changes show the token of the session", async () => {
  const { api, asked } = scripted(answer(200, {}), answer(204, null));
  api.session = session("c1");
  await api.ask("GET", "overview");
  assert.equal(await api.ask("DELETE", "accounts/1"), null);
  assert.deepEqual(asked, [["GET", "api/overview", undefined, null], ["DELETE", "api/accounts/1", "c1", null]]);
});

test("a session that has ended is begun anew and the call made once more, with the new token", async () => {
  const { api, asked } = scripted(answer(401, { code: "not-signed-in" }), answer(201, { done: true }));
  api.session = session("c1");
  api.again = async () => Boolean((api.session = session("c2")));
  assert.deepEqual(await api.ask("POST", "accounts", { name: "bob" }), { done: true });
  assert.deepEqual(asked.map(([, , csrf]) => csrf), ["c1", "c2"]);
  assert.equal(asked[0][3], asked[1][3]);
});

test("two calls at once ask once for signing in", async () => {
  const { api } = scripted(answer(401, { code: "not-signed-in" }), answer(401, { code: "not-signed-in" }), answer(200, 1), answer(200, 2));
  let times = 0;
  api.session = session("c1");
  api.again = async () => Boolean((times += 1));
  assert.deepEqual(await Promise.all([api.ask("GET", "a"), api.ask("GET", "b")]), [1, 2]);
  assert.equal(times, 1);
});

test("a wrong password is no ended session", async () => {
  const { api } = scripted(answer(401, { code: "password-refused" }));
  api.session = session("c1");
  api.again = () => assert.fail("nobody has to sign in");
  await assert.rejects(api.ask("PUT", "session/password", {}), refused(401, "password-refused"));
});

test("nobody is asked to sign in again who never did", async () => {
  const { api } = scripted(answer(401, { code: "not-signed-in" }));
  api.again = () => assert.fail("nobody was signed in");
  await assert.rejects(api.whoAmI(), refused(401, "not-signed-in"));
});

test("a session renewed by another window is taken up, if it is the same person's", async () => {
  const same = scripted(answer(403, { code: "wrong-csrf" }), answer(200, session("c2")), answer(200, "done"));
  same.api.session = session("c1");
  assert.equal(await same.api.ask("POST", "x"), "done");
  assert.deepEqual(same.asked.map(([method, , csrf]) => [method, csrf]), [["POST", "c1"], ["GET", undefined], ["POST", "c2"]]);
  const other = scripted(answer(403, { code: "wrong-csrf" }), answer(200, session("c2", "b")));
  other.api.session = session("c1");
  await assert.rejects(other.api.ask("POST", "x"), refused(403, "someone-else"));
});

test("no answer is a refusal too, and one without a problem document", async () => {
  const { api } = scripted(new TypeError("fetch failed"), new Response("<html>", { status: 502 }));
  await assert.rejects(api.ask("GET", "overview"), refused(0, "unreachable"));
  await assert.rejects(api.ask("GET", "overview"), refused(502, "unknown"));
});

test("how long to wait comes along", async () => {
  const { api } = scripted(answer(429, { code: "too-many-tries" }, { "Retry-After": "16" }));
  await assert.rejects(api.signIn("ada", "x"), (error) => error.waitS === 16);
});

test("signing out of a session that has ended is no mistake", async () => {
  const { api } = scripted(answer(401, { code: "not-signed-in" }));
  api.session = session("c1");
  await api.signOut();
  assert.equal(api.session, null);
});
