// Who belongs to a segment, as people edit it: groups of conditions, joined by all, any or none. See Segments in docs/api.md.

export const JOINS = ['all', 'any', 'none'];

/** Operators that ask for no value. */
export const is_bare = (op) => op === 'known' || op === 'unknown';

/** A tree for editing; the root is always a group. */
export function editable(predicate) {
  const node = from_json(predicate ?? { all: [] });
  return node.join ? node : { join: 'all', parts: [node] };
}

function from_json(json) {
  const join = JOINS.find((name) => Array.isArray(json[name]));
  return join ? { join, parts: json[join].map(from_json) } : { field: json.field, op: json.op, value: json.value === undefined ? '' : String(json.value) };
}

/** A condition to begin with. */
export const fresh = (field) => ({ field: field.name, op: field.ops[0], value: '' });

/** The condition after its field changed: its operator stays where the new field has it. */
export const with_field = (condition, field) => ({ field: field.name, op: field.ops.includes(condition.op) ? condition.op : field.ops[0], value: field.kind === 'number' && Number.isNaN(Number(condition.value)) ? '' : condition.value });

/** Whether everything that must be filled in is. */
export function is_complete(node, fields) {
  if (node.join) return node.parts.every((part) => is_complete(part, fields));
  const field = fields.find(({ name }) => name === node.field);
  if (!field?.ops.includes(node.op)) return false;
  return is_bare(node.op) || (node.value.trim() !== '' && (field.kind !== 'number' || Number.isFinite(Number(node.value))));
}

/** What the server understands, from a complete tree. */
export function predicate_of(node, fields) {
  if (node.join) return { [node.join]: node.parts.map((part) => predicate_of(part, fields)) };
  if (is_bare(node.op)) return { field: node.field, op: node.op };
  const { kind } = fields.find(({ name }) => name === node.field);
  return { field: node.field, op: node.op, value: kind === 'number' ? Number(node.value) : node.value.trim() };
}
