#!/usr/bin/env bash
# What the step of the action costs beside its gates, in a repository with nothing to find: from the start of the step to its first output and to its end, with the tool
# installed from a folder of packages in every round, and the same command without the action. Medians over the rounds, in milliseconds.
#   bench/action.sh [ROUNDS] [FOLDER OF PACKAGES]      (default 11; packs first where no folder is given)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
rounds=${1:-11} feed=${2:-} repo=$PWD work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ -n "$feed" ] || { feed=$work/feed && dotnet pack -c Release -o "$feed" --nologo -v quiet; }
feed=$(cd "$feed" && pwd)

mkdir -p "$work/repository" "$work/temp" "$work/action"
cp -R "$repo/.github" "$repo/action.yml" "$repo/Directory.Build.props" "$work/action"
cat >"$work/nuget.config" <<XML
<configuration><packageSources><clear /><add key="feed" value="$feed" /></packageSources></configuration>
XML
cd "$work/repository"
git init -q
printf 'allowed\n' >a.txt
printf 'version: 1\ngates:\n  words:\n    checks: { banned: { include: ["*.txt"], text: { WRD001: { forbid: forbidden } } } }\n' >arv.yml
git add .
export GITHUB_ACTIONS=true GITHUB_WORKSPACE=$PWD GITHUB_ACTION_PATH=$work/action GITHUB_OUTPUT=$work/output GITHUB_STEP_SUMMARY=$work/summary
export NUGET_PACKAGES=$work/nuget DOTNET_CLI_HOME=$work ARV_INPUT_ARGS= ARV_INPUT_CONFIG= ARV_INPUT_ONLY= ARV_INPUT_SKIP= ARV_INPUT_REPORTS= ARV_INPUT_GITHUB=auto ARV_INPUT_VERSION=
printf 'bash "$GITHUB_ACTION_PATH/.github/action/run.sh"\n' >"$work/step.sh"

now() { echo $(($(date +%s%N) / 1000000)); }
# measure COMMAND…: sets "first" and "whole", and fails where the command does.
measure() {
  local start=$(now)
  : >"$work/output" >"$work/summary"
  { "$@" 2>&1 && echo done; } | { IFS= read -r _; now >"$work/first"; cat >"$work/rest"; }
  whole=$(($(now) - start))
  first=$(($(cat "$work/first") - start))
  [ "$(tail -n 1 "$work/rest")" = done ] || { cat "$work/rest"; exit 1; }
}
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

for ((i = 0; i < rounds; i++)); do
  # As on a fresh machine: nothing that was installed, nothing unpacked.
  rm -rf "$work/temp" "$work/nuget" && mkdir "$work/temp"
  RUNNER_TEMP=$work/temp measure bash --noprofile --norc -e -o pipefail "$work/step.sh"
  echo "$first" >>"$work/fresh-first" && echo "$whole" >>"$work/fresh"
  # A second use in the same job.
  RUNNER_TEMP=$work/temp measure bash --noprofile --norc -e -o pipefail "$work/step.sh"
  echo "$first" >>"$work/again-first" && echo "$whole" >>"$work/again"
  measure "$work"/temp/arv/*/dotnet-arv run-all --json "$work/report.json"
  echo "$whole" >>"$work/gates"
done
show() { printf '%-46s %6s ms\n' "$1" "$2"; }
show 'the command alone' "$(median <"$work/gates")"
show 'the step, to its first output' "$(median <"$work/fresh-first")"
show 'the step, to its end' "$(median <"$work/fresh")"
show 'a second step of the job, to its first output' "$(median <"$work/again-first")"
show 'a second step of the job, to its end' "$(median <"$work/again")"
