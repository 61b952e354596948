/** One thing at a time that is being saved, and why the last one was refused. */
export class Saving {
  busy = $state(false);
  problem = $state.raw(null);

  /** Does `work` unless something is under way; what it gives, or null when it was refused. */
  async run(work) {
    if (this.busy) return null;
    this.busy = true;
    this.problem = null;
    try {
      return (await work()) ?? true;
    } catch (problem) {
      this.problem = problem;
      return null;
    } finally {
      this.busy = false;
    }
  }
}
