#!/usr/bin/env bash
# What the gates cost a build that has nothing to do, and the tool its start. Every round measures each variant once, in another order
# than the round before, and what is printed is the median of the rounds' differences: a machine that is busy for a while is busy for all.
#   bench/builds.sh [ROUNDS]      (default 15)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
rounds=${1:-15} repo=$PWD work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 MSBUILDTERMINALLOGGER=off DOTNET_CLI_USE_MSBUILD_SERVER=0
rid=$(dotnet --info | awk '$1 == "RID:" { print $2 }')
quiet() { "$@" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }; }

quiet dotnet pack -c Release -o "$work/feed" --nologo
quiet dotnet pack bench/EmptyTool -c Release -o "$work/feed" --nologo -p:ArvToolRids="$rid"
quiet dotnet pack bench/EmptyTool -c Release -o "$work/feed" --nologo -p:ArvToolRids="$rid" -p:ArvNative=true -r "$rid"
export NUGET_PACKAGES=$work/nuget DOTNET_CLI_HOME=$work
cat >"$work/nuget.config" <<XML
<configuration><packageSources><clear /><add key="feed" value="$work/feed" /></packageSources></configuration>
XML

# A solution of N libraries, each with a reference to the one before; with the package, and without.
solution() {
  local folder=$work/$1-$2 i
  mkdir -p "$folder" && cd "$folder"
  quiet dotnet new sln -n All --format sln
  quiet dotnet new gitignore
  for ((i = 1; i <= $2; i++)); do
    quiet dotnet new classlib -n "P$i" -o "P$i" --no-restore
    quiet dotnet sln add "P$i"
    [ "$i" = 1 ] || sed -i "s|</Project>|<ItemGroup><ProjectReference Include=\"../P$((i - 1))/P$((i - 1)).csproj\" /></ItemGroup></Project>|" "P$i/P$i.csproj"
  done
  printf 'version: 1\ngates:\n  words:\n    checks: { banned: { include: ["*.cs"], text: { WRD001: { forbid: forbidden, message: m, invalid: [forbidden], valid: [x] } } } }\n' >arv.yml
  [ "$1" = plain ] || cat >Directory.Packages.props <<'XML'
<Project>
  <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
  <ItemGroup><GlobalPackageReference Include="GitIntent.Arv.MSBuild" Version="0.1.0" /></ItemGroup>
</Project>
XML
  quiet dotnet build
  cd "$repo"
}
for n in 1 12; do solution plain $n; solution gated $n; done
quiet dotnet tool install GitIntent.Arv --tool-path "$work/bin" --configfile "$work/nuget.config"
quiet dotnet tool install Empty.Tool --tool-path "$work/bin" --configfile "$work/nuget.config"
(cd "$work" && quiet dotnet new tool-manifest && quiet dotnet tool install GitIntent.Arv && quiet dotnet tool install Empty.Tool)
arv=$work/nuget/gitintent.arv.msbuild/0.1.0/tools

# cpu NAME FOLDER COMMAND…: appends "NAME milliseconds" of processor time, its children's with it.
cpu() {
  local name=$1 folder=$2 spent
  shift 2
  TIMEFORMAT='%3U %3S'
  spent=$( { cd "$folder" && time "$@" >/dev/null 2>"$work/err"; } 2>&1) || { cat "$work/err"; exit 1; }
  awk -v n="$name" '{ printf "%s %d\n", n, ($1 + $2) * 1000 }' <<<"$spent" >>"$work/times"
}
# wall NAME COMMAND…: as cpu, in tenths of milliseconds that pass, for twenty starts.
wall() {
  local name=$1 start i
  shift
  start=$(date +%s%N)
  for ((i = 0; i < 20; i++)); do (cd "$work" && exec "$@" >/dev/null); done
  printf '%s %d\n' "$name" $((($(date +%s%N) - start) / 2000000)) >>"$work/times"
}
build='dotnet build --no-restore -v quiet'
variants=()
for n in 1 12; do
  variants+=("cpu plain-$n $work/plain-$n $build" "cpu off-$n $work/gated-$n $build -p:ArvEnabled=false" "cpu native-$n $work/gated-$n $build" "cpu managed-$n $work/gated-$n $build -p:_ArvNative=false"
    "cpu run-native-$n $work/gated-$n $arv/$rid/dotnet-arv run-all --no-exec" "cpu run-managed-$n $work/gated-$n dotnet $arv/any/dotnet-arv.dll run-all --no-exec")
done
variants+=("wall shim $work/bin/dotnet-arv --version" "wall shim-empty $work/bin/dotnet-empty" "wall manifest dotnet arv --version" "wall manifest-empty dotnet empty")
for ((round = -1; round < rounds; round++)); do # the first is for the caches
  [ $round -ge 0 ] || { for v in "${variants[@]}"; do $v; done; : >"$work/times"; continue; }
  for ((i = 0; i < ${#variants[@]}; i++)); do ${variants[(i + round) % ${#variants[@]}]}; done
done

awk '
  { value[$1, ++count[$1]] = $2 }
  function median(list, n,    i, j, t) {
    for (i = 2; i <= n; i++) for (j = i; j > 1 && list[j - 1] > list[j]; j--) { t = list[j]; list[j] = list[j - 1]; list[j - 1] = t }
    return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
  }
  function minus(a, b, c,    i, list) { for (i = 1; i <= count[a]; i++) list[i] = value[a, i] - value[b, i] - (c == "" ? 0 : value[c, i]); return median(list, count[a]) }
  function over(a, b,    i, list) { for (i = 1; i <= count[a]; i++) list[i] = value[a, i] / value[b, i]; return median(list, count[a]) }
  function only(a,    i, list) { for (i = 1; i <= count[a]; i++) list[i] = value[a, i]; return median(list, count[a]) }
  END {
    print "processor time of a build with nothing to do, ms (medians of paired rounds)"
    for (k = 1; k <= 2; k++) {
      n = k == 1 ? 1 : 12
      printf "%2d project%s  without the package %d; off %+d; native %+d, of which the gates themselves %d, so on top %+d; managed %+d, %d, %+d\n", n, n == 1 ? " " : "s", only("plain-" n), \
        minus("off-" n, "plain-" n), minus("native-" n, "plain-" n), only("run-native-" n), minus("native-" n, "plain-" n, "run-native-" n), \
        minus("managed-" n, "plain-" n), only("run-managed-" n), minus("managed-" n, "plain-" n, "run-managed-" n)
    }
    print "start of the installed tool with --version, ms, and as a multiple of an empty tool"
    printf "by its shim   %.1f  %.2f\nby a manifest %.1f  %.2f\n", only("shim") / 10, over("shim", "shim-empty"), only("manifest") / 10, over("manifest", "manifest-empty")
  }' "$work/times"
