// kill -9 at random moments, RASID_KILLS times (200): nothing that was served is lost or doubled, nothing committed stays unsent.
// RASID_SEED repeats a run's moments as far as the machine allows.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { KillScenario, troublesOf } from './harness/kill_scenario.mjs';
import { binary, negativeBinary } from './harness/installation.mjs';

const kills = Number(process.env.RASID_KILLS ?? 200);
const seed = Number(process.env.RASID_SEED ?? Date.now() % 1e9);
const kRounds = 6;
const kKillsOfARound = 12;

test('a daemon killed at any moment loses nothing, doubles nothing and sends what it promised', { timeout: 900000 }, async (t) => {
    t.diagnostic(`RASID_SEED=${seed} RASID_KILLS=${kills}`);
    const scenario = await KillScenario.make({ program: binary, seed });
    try {
        const started = Date.now();
        await scenario.kill(kills);
        const killed = Date.now();
        await scenario.drain();
        const report = await scenario.report();
        t.diagnostic(`${JSON.stringify(report.counts)}, killed for ${(killed - started) / 1000} s, drained for ${(Date.now() - killed) / 1000} s`);
        assert.deepEqual(troublesOf(report), []);
        assert.equal(report.counts.lives, kills);
        assert.ok(report.counts.committedMails >= kills, 'the scenario escalates');
        assert.ok(report.counts.replies > 0, 'the scenario answers');
    } finally {
        await scenario.remove();
    }
});

test('the same test catches a daemon that commits the cursor before the rows', { timeout: 300000 }, async (t) => {
    assert.ok(existsSync(negativeBinary), `${negativeBinary} is not built (RASID_NEGATIVE_CONTROLS)`);
    const scenario = await KillScenario.make({ program: negativeBinary, seed, burst: 120, aimed: 1, spread: 80 });
    try {
        let report;
        for (let round = 0; round < kRounds && !report?.lost.length; round += 1) {
            if (round > 0) await scenario.rasid.stop();
            await scenario.kill(kKillsOfARound);
            await scenario.drain();
            report = await scenario.report();
        }
        t.diagnostic(`${report.lost.length} of ${report.counts.served} mentions lost in ${report.counts.lives} lives`);
        assert.ok(report.lost.length > 0, 'the broken order of commits was not noticed');
    } finally {
        await scenario.remove();
    }
});
