"use strict";

const { spawnSync } = require("node:child_process");
const fs = require("node:fs");

/** What Node can try by itself; attack.py tries all else in a process that it starts. */
const NATIVE = {
    read_a_file_outside: f => fs.readFileSync(f.secret, "utf8"),
    list_a_folder_outside: f => fs.readdirSync(f.outside),
    append_to_a_file_outside: f => fs.appendFileSync(f.secret, "\n") ?? "appended",
    truncate_a_file_outside: f => fs.truncateSync(f.spare) ?? "truncated",
    read_the_tokens: f => fs.readFileSync(f.tokens, "utf8"),
    read_the_id_of_the_hub: f => fs.readFileSync(`${f.data}/id`, "utf8"),
    read_another_package: f => fs.readFileSync(`${f.victim_package}/main.py`, "utf8"),
    change_its_own_package: f => fs.appendFileSync(`${f.package}/package.json`, "\n") ?? "changed",
    read_the_environment_of_the_hub: f => fs.readFileSync(`/proc/${f.hub}/environ`, "utf8"),
    signal_the_hub: f => process.kill(f.hub, 0),
    signal_another_instance: f => process.kill(f.victim, 0),
};

function attempt(action, facts) {
    try {
        return ["got", String(action(facts)).slice(0, 200)];
    } catch (error) {
        return ["refused", String(error).slice(0, 200)];
    }
}

module.exports = function (input, facts) {
    const { stdout, stderr } = spawnSync(facts.python, ["-I", "attack.py", JSON.stringify(facts)]);
    if (!stdout.length) throw new Error(stderr);
    const results = JSON.parse(stdout);
    for (const [name, action] of Object.entries(NATIVE)) {
        const native = attempt(action, facts);
        // Refused only if it is in both ways.
        if (native[0] === "got") results[name] = native;
    }
    return JSON.stringify(results);
};
