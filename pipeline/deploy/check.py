"""Check the YAML files beside this one: that they parse and hold together.

    python check.py

What the commands in them do is tested in Go. The exit status is 1 if anything failed.
"""

import os
import re
import sys

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
CRON = re.compile(r"^[0-9*/,-]+( [0-9*/,-]+){4}$")
failed = []


def check(name, right):
    if not right:
        failed.append(name)
        print("FAIL " + name)


def load(name):
    """Return the documents of a file by their kind, or the only one."""
    with open(os.path.join(HERE, name), encoding="utf-8") as f:
        return list(yaml.safe_load_all(f))


def kubernetes():
    by_kind = {d["kind"]: d for d in load("kubernetes.yaml")}
    check("kinds", set(by_kind) == {"CronJob", "PersistentVolumeClaim", "NetworkPolicy"})
    cron = by_kind["CronJob"]["spec"]
    job = cron["jobTemplate"]["spec"]
    pod = job["template"]
    spec = pod["spec"]
    (container,) = spec["containers"]
    check("API versions", [by_kind[k]["apiVersion"] for k in ("CronJob", "NetworkPolicy")] == ["batch/v1", "networking.k8s.io/v1"])
    check("schedule", CRON.match(cron["schedule"]) and cron["concurrencyPolicy"] == "Forbid")
    check("retries", job["backoffLimit"] == 1 and spec["restartPolicy"] == "Never")
    (rule,) = job["podFailurePolicy"]["rules"]
    check("exit codes that end the job", rule["onExitCodes"]["containerName"] == container["name"] and 0 not in rule["onExitCodes"]["values"])
    check("user", spec["securityContext"]["runAsNonRoot"] is True and spec["securityContext"]["runAsUser"] > 0)
    own = container["securityContext"]
    check("container", own["readOnlyRootFilesystem"] is True and own["allowPrivilegeEscalation"] is False and own["capabilities"]["drop"] == ["ALL"])
    check("no token", spec["automountServiceAccountToken"] is False)
    check("memory", "memory" in container["resources"]["limits"])
    volumes = {v["name"]: v["persistentVolumeClaim"] for v in spec["volumes"]}
    mounts = {m["name"]: m for m in container["volumeMounts"]}
    check("mounts have volumes", set(volumes) == set(mounts))
    check("input is read only", mounts["articles"]["readOnly"] is True)
    check("claim", volumes["out"]["claimName"] == by_kind["PersistentVolumeClaim"]["metadata"]["name"])
    for argument in container["args"]:
        if argument.startswith("/"):
            check("path " + argument, argument in [m["mountPath"] for m in mounts.values()])
    policy = by_kind["NetworkPolicy"]["spec"]
    check("policy selects the pod", policy["podSelector"]["matchLabels"].items() <= pod["metadata"]["labels"].items())
    check("policy allows nothing", set(policy["policyTypes"]) == {"Ingress", "Egress"} and not {"ingress", "egress"} & set(policy))


def actions():
    (flow,) = load("github-actions.yml")
    on = flow.get("on", flow.get(True))  # YAML 1.1 takes on for true
    check("cron", all(CRON.match(s["cron"]) for s in on["schedule"]) and "workflow_dispatch" in on)
    check("permissions", flow["permissions"] == {"contents": "read"})
    check("one at a time", flow["concurrency"]["cancel-in-progress"] is False)
    for name, job in flow["jobs"].items():
        check(name + ": time limit", job["timeout-minutes"] > 0)
        for step in job["steps"]:
            check(f"{name}: {step}", ("uses" in step) != ("run" in step) and ("uses" not in step or "@" in step["uses"]))


kubernetes()
actions()
print(f"deploy: {len(failed)} checks failed")
sys.exit(1 if failed else 0)
