/** Who is told when somebody escalates by hand: those on call; without a rota the managers who are here, or else all of them. */
export function on_duty({ people, rotas }, me) {
  const others = people.filter(({ id }) => id !== me);
  const called = new Set(rotas.map(({ on_call }) => on_call?.id));
  const managers = others.filter(({ role }) => role !== 'moderator');
  return [others.filter(({ id }) => called.has(id)), managers.filter(({ present }) => present), managers].find((some) => some.length) ?? [];
}
