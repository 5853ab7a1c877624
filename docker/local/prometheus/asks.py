"""Asks a Prometheus everything that dashboards and alert rules ask.

Usage: asks.py URL DASHBOARD.json...    Prints what fails or has no answer, and ends with 1 when anything does.
"""
import json
import sys
import urllib.parse
import urllib.request

url, dashboards = sys.argv[1], sys.argv[2:]


def get(path, **parameters):
    query = urllib.parse.urlencode(parameters)
    with urllib.request.urlopen(f"{url}/api/v1/{path}?{query}", timeout=10) as answer:
        return json.load(answer)["data"]


faults = [
    f"{target['labels']['instance']}: {target['lastError']}"
    for target in get("targets")["activeTargets"]
    if target["health"] != "up"
]
rules = [rule for group in get("rules")["groups"] for rule in group["rules"]]
faults += [f"rule {rule['name']}: {rule.get('lastError')}" for rule in rules if rule["health"] != "ok"]
if not rules:
    faults.append("no alert rules")
for dashboard in dashboards:
    with open(dashboard, encoding="utf-8") as file:
        panels = json.load(file)["panels"]
    for panel in panels:
        for target in panel.get("targets", []):
            # A refused query ends this with its error.
            if not get("query", query=target["expr"])["result"]:
                faults.append(f"{dashboard}, {panel['title']}: nothing for {target['expr']}")
print("\n".join(faults))
sys.exit(bool(faults))
