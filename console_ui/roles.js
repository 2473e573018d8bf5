/** @typedef {"viewer" | "editor" | "publisher" | "admin"} Role */

/** Each may what those before it may. @type {Role[]} */
export const ROLES = ["viewer", "editor", "publisher", "admin"];

/** Whether a role may what another may. @param {Role} role @param {Role} needed */
export const reaches = (role, needed) => ROLES.indexOf(role) >= ROLES.indexOf(needed);

/** What a name may be, as the machine has it. */
export const NAME = /^[a-z][a-z0-9._-]{1,31}$/;
