"""Check the YAML files beside this one, and a file of metrics that a build has written.

    python check.py pressrow.prom

They must hold together, keep to the schemas of Kubernetes and of GitHub, which the validators
bring along, and be taken by Prometheus' own client. The validators are those of
schema/clients/requirements.txt; one that has no release for an old Python is passed over, and named. What
the commands in the files do, and the units of systemd, is tested in Go. The exit status is 1 if anything failed.
"""

import os
import re
import subprocess
import sys
import sysconfig

import yaml
from prometheus_client.parser import text_string_to_metric_families

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


LINT = """{extends: default, rules: {line-length: disable, document-start: disable, truthy: {check-keys: false},
  comments: {min-spaces-from-content: 1}, braces: {max-spaces-inside: 1}}}"""
VALIDATORS = [
    ["yamllint", "-s", "-d", LINT, "github-actions.yml", "kubernetes.yaml"],
    ["check-jsonschema", "--builtin-schema", "vendor.github-workflows", "github-actions.yml"],
    ["kubernetes-validate", "--strict", "kubernetes.yaml"],
]


def validators():
    """Run the programs that know what Kubernetes and GitHub take."""
    for name, *arguments in VALIDATORS:
        program = os.path.join(sysconfig.get_path("scripts"), name)
        if not os.path.exists(program):
            print(f"deploy: skipped: {name} is not installed")
            continue
        done = subprocess.run([program, *arguments], cwd=HERE, capture_output=True, text=True)
        check(f"{name} {arguments[-1]}\n{done.stdout}{done.stderr}", done.returncode == 0)


def metrics(name):
    with open(name, encoding="utf-8") as f:
        families = {m.name: m for m in text_string_to_metric_families(f.read())}
    check("families of metrics", len(families) >= 10)
    for family in families.values():
        check("metric " + family.name, family.name.startswith("pressrow_") and family.documentation and family.type == "gauge" and family.samples)
        labels = [tuple(sorted(s.labels.items())) for s in family.samples]
        check("labels of " + family.name, len(set(labels)) == len(labels) and all("output" in s.labels for s in family.samples))
    (code,) = families["pressrow_last_run_exit_code"].samples
    check("exit code", code.value in (0, 3))


for part in (validators, kubernetes, actions, lambda: metrics(sys.argv[1])):
    try:
        part()
    except (KeyError, ValueError, OSError) as e:  # what is not there, or not to be parsed
        check(repr(e), False)
print(f"deploy: {len(failed)} checks failed")
sys.exit(1 if failed else 0)
