# shellcheck shell=bash
# Puts the tool in place. Each function leaves the command that starts it in the array "tool", or ends the step and says what to do.
export DOTNET_NOLOGO=true DOTNET_CLI_TELEMETRY_OPTOUT=true DOTNET_GENERATE_ASPNET_CERTIFICATE=false DOTNET_SKIP_FIRST_TIME_EXPERIENCE=true

readonly usage=20 machine=41

# fail CODE MESSAGE: an error at the top of the run's page, and the end of the step.
fail() {
  local text=${2//\%/%25}
  text=${text//$'\r'/%0D}
  printf '::error title=arv::%s\n' "${text//$'\n'/%0A}"
  echo "exit-code=$1" >>"$GITHUB_OUTPUT"
  exit "$1"
}

# explain LOG FOLDER LINE MESSAGE: why a command of the SDK failed in the folder. Where there is none that could have done it, LINE is what setup-dotnet should be told.
explain() {
  local wanted="arv needs the SDK of .NET 10 or later. Add before this step:

- uses: actions/setup-dotnet@v5
  with:
    $3"
  command -v dotnet >/dev/null || fail "$machine" "There is no .NET on this runner, and $wanted"
  (cd "$2" && dotnet --version) 2>/dev/null | grep -qE '^[1-9][0-9]+\.' || fail "$machine" "The SDK that is wanted is not on this runner: $wanted"
  printf '%s\n' "$1" | sed -e 's/##\[/##\\[/g' -e 's/^/| /'
  fail "$machine" "$4; the log of this step says why."
}

# published_tool ACTION: from the sources of the action, which are part of the checkout.
published_tool() {
  local home=$RUNNER_TEMP/arv/source log
  echo "Building arv from its sources"
  log=$(cd "$1" && dotnet publish src/GitIntent.Arv.Cli -c Release -o "$home" --nologo -v quiet -p:UseAppHost=false 2>&1) ||
    explain "$log" "$1" "global-json-file: global.json" "The tool could not be built from its sources in $1"
  tool=(dotnet "$home/dotnet-arv.dll")
}

# version_of ACTION: the version of the tool that the action is of.
version_of() { sed -n 's:.*<Version>\([^<]*\)</Version>.*:\1:p' "$1/Directory.Build.props"; }

# installed_tool VERSION
installed_tool() {
  [[ $1 =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] || fail "$usage" "version: expected a version such as 1.2.3, found \"$1\""
  # In a folder of its own: the global.json and the nuget.config of the repository are part of the change that is judged.
  local folder=$RUNNER_TEMP/arv log
  local home=$folder/$1
  tool=("$home/dotnet-arv")
  [ ! -x "${tool[0]}" ] || return 0

  echo "Installing arv $1"
  mkdir -p "$folder"
  log=$(cd "$folder" && dotnet tool install GitIntent.Arv --version "[$1]" --tool-path "$home" 2>&1) ||
    explain "$log" "$folder" "dotnet-version: 10.0.x" "Version $1 of the tool could not be installed"
}
