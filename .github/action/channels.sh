# shellcheck shell=bash
# Which channels of the input "github" are whose: the step's own need no token, the others nothing but one.

# channels INPUT WANTED…: those of the input that are wanted, with commas; all of the input where a word of it is no channel, for the tool to say so.
channels() {
  local input=$1 words word found=
  shift
  case $input in
    '' | auto) words=(commands summary check comment) ;;
    off) words=() ;;
    *) IFS=, read -ra words <<<"${input//[[:space:]]/}" ;;
  esac
  for word in ${words[@]+"${words[@]}"}; do
    case $word in
      commands | summary | check | comment) ;;
      *) printf '%s' "$input" && return ;;
    esac
    case " $* " in *" $word "*) found=$found,$word ;; esac
  done
  printf '%s' "${found#,}"
}

# With neither of them there are still outputs.
channels_of_the_step() {
  local found
  found=$(channels "$1" commands summary)
  printf '%s' "${found:-output}"
}

channels_by_token() { channels "$1" check comment; }
