#!/usr/bin/env bash
# Shows the report of the step before by the API. The step that judged has the say: what becomes of the channels changes no result.
set -eo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=.github/action/channels.sh
. "$here/channels.sh"

channels=$(channels_by_token "$ARV_INPUT_GITHUB")
[ -n "$channels" ] || exit 0

case $ARV_TOOL in
  *.dll) tool=(dotnet "$ARV_TOOL") ;;
  *) tool=("$ARV_TOOL") ;;
esac
arguments=(annotate "$ARV_REPORT" --trusted "--github=$channels")
[ -z "$ARV_PREFIX" ] || arguments+=("--prefix=$ARV_PREFIX")
"${tool[@]}" "${arguments[@]}" || true
