#!/usr/bin/env bash
# The gates, as a step of a workflow: puts the tool in place, runs it, and leaves its outputs and its exit code.
# Inputs are variables, and stay text: nothing in them is evaluated. It must run in the bash 3.2 of macOS.
set -eo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=.github/action/tool.sh
. "$here/tool.sh"
# shellcheck source=.github/action/channels.sh
. "$here/channels.sh"

action=$(cd "$here/../.." && pwd)
workspace=$(cd "$GITHUB_WORKSPACE" && pwd)
case $action/ in
  "$workspace"/*) in_checkout=true ;;
  *) in_checkout=false ;;
esac

if [ -z "$ARV_INPUT_VERSION" ] && $in_checkout; then
  published_tool "$action"
else
  installed_tool "${ARV_INPUT_VERSION:-$(version_of "$action")}"
fi

arguments=(run-all)
path=.
while IFS= read -r line || [ -n "$line" ]; do
  line=${line%$'\r'}
  [ -z "$line" ] || arguments+=("$line")
  [ ! -d "$line" ] || path=$line # the PATH of run-all
done <<<"$ARV_INPUT_ARGS"
[ -z "$ARV_INPUT_CONFIG" ] || arguments+=("--config=$ARV_INPUT_CONFIG")
[ -z "$ARV_INPUT_ONLY" ] || arguments+=("--only=${ARV_INPUT_ONLY//$'\n'/,}")
[ -z "$ARV_INPUT_SKIP" ] || arguments+=("--skip=${ARV_INPUT_SKIP//$'\n'/,}")
arguments+=("--github=$(channels_of_the_step "$ARV_INPUT_GITHUB")")
if [ -n "$ARV_INPUT_REPORTS" ]; then
  arguments+=("--json=$ARV_INPUT_REPORTS/arv.json" "--markdown=$ARV_INPUT_REPORTS/arv.md" "--sarif=$ARV_INPUT_REPORTS/arv.sarif" "--junit=$ARV_INPUT_REPORTS/arv.junit.xml")
else
  arguments+=("--json=$(mktemp -d "$RUNNER_TEMP/arv-XXXXXX")/arv.json")
fi
# For the step that publishes: the tool, and the folder in the repository that the report's paths start at.
{
  echo "tool=${tool[${#tool[@]} - 1]}"
  echo "prefix=$(git -C "./$path" rev-parse --show-prefix 2>/dev/null || true)"
} >>"$GITHUB_OUTPUT"
unset "${!ARV_INPUT_@}"

# In the background, so that a signal of the runner reaches the tool, which then says what it knows and ends what it started.
"${tool[@]}" "${arguments[@]}" &
process=$!
trap 'kill -TERM "$process" 2>/dev/null || true' INT TERM
code=0
wait "$process" || code=$?
while kill -0 "$process" 2>/dev/null; do # it was the wait that the signal ended
  code=0
  wait "$process" || code=$?
done
echo "exit-code=$code" >>"$GITHUB_OUTPUT"
exit "$code"
