# Completion of awsmfa for bash 3.2 and newer, with or without the package bash-completion.
# Silent, and harmless under `set -eu`; nothing of the line is expanded or run.

_awsmfa() {
  local words starts quoting lines
  COMPREPLY=()
  _awsmfa_split "${COMP_LINE:0:COMP_POINT}"
  if [[ ${#words[@]} -gt 2 && ${words[1]} == session ]]; then
    _awsmfa_hand_over 2 aws "$2" "$3"
    return 0
  fi
  lines=$(command awsmfa complete -- "${words[@]:1}" 2>/dev/null </dev/null) || return 0
  case $lines in
    # No candidates, but where a command line of its own begins.
    $'\t'*) _awsmfa_hand_over $((${lines#?} + 1)) '' "$2" "$3" ;;
    *) _awsmfa_offer "$lines" "$2" ;;
  esac
}

# Sets words, where each of them starts, and the quote that is open at the end. Not COMP_WORDS: there
# `--profile=x` is three words, and what is quoted is still so.
_awsmfa_split() {
  local line=$1 word='' started='' char i
  words=() starts=() quoting=''
  for ((i = 0; i < ${#line}; i++)); do
    char=${line:i:1}
    if [[ -z $started && $char != [[:space:]] ]]; then
      started=yes
      starts+=("$i")
    fi
    case $quoting$char in
      \' | \") quoting=$char ;;
      \'\' | \"\") quoting='' ;;
      \\)
        i=$((i + 1))
        word+=${line:i:1}
        ;;
      \"\\)
        i=$((i + 1))
        [[ ${line:i:1} == [\"\\\$\`] ]] || word+=$char
        word+=${line:i:1}
        ;;
      [[:space:]])
        [[ -z $started ]] || words+=("$word")
        started='' word=''
        ;;
      *) word+=$char ;;
    esac
  done
  [[ -n $started ]] || starts+=("${#line}")
  words+=("$word")
}

# Offers the candidates that begin with the last word. Readline replaces a part of that alone: what
# follows an open quote, or the last character of COMP_WORDBREAKS.
_awsmfa_offer() {
  local lines=$1 replaced=$2 last=$((${#words[@]} - 1)) line value
  local current=${words[last]} kept=${COMP_LINE:starts[last]:COMP_POINT-starts[last]}
  _awsmfa_split "${kept%"$replaced"}"
  kept=${words[0]}
  while IFS= read -r line; do
    value=${line%%$'\t'*}
    if [[ -n $value && $value == "$current"* ]]; then _awsmfa_quote "${value#"$kept"}"; fi
  done <<<"$lines"
}

# Adds a text to COMPREPLY, written as it has to be where it is put.
_awsmfa_quote() {
  local text=$1 quoted='' char i
  if [[ -z $quoting ]]; then
    printf -v quoted %q "$text"
  else
    for ((i = 0; i < ${#text}; i++)); do
      char=${text:i:1}
      case $quoting$char in
        \'\') quoted+="'\\''" ;;
        \"!) quoted+='"\!"' ;;
        \"[\"\\\$\`]) quoted+=\\$char ;;
        *) quoted+=$char ;;
      esac
    done
    # Readline closes the quote, but not where it takes the last character for the closing one.
    [[ $quoted != *"$quoting" ]] || quoted+=$quoting
  fi
  COMPREPLY+=("$quoted")
}

# Completes the command line that begins at a word, with a command put before it perhaps, as bash would
# complete it by itself.
_awsmfa_hand_over() {
  local from=${starts[$1]} command=$2 current=$3 previous=$4 index at=0
  for ((index = 0; index < COMP_CWORD; index++)); do
    while [[ $at -lt $from && ${COMP_LINE:at} != "${COMP_WORDS[index]}"* ]]; do at=$((at + 1)); done
    [[ $at -lt $from ]] || break
    at=$((at + ${#COMP_WORDS[index]}))
  done
  words=(${command:+"$command"} "${COMP_WORDS[@]:index}")
  local line=${command:+$command }${COMP_LINE:from}
  local point=$((COMP_POINT + ${#line} - ${#COMP_LINE}))
  index=$((COMP_CWORD + ${#words[@]} - ${#COMP_WORDS[@]}))
  local COMP_LINE=$line COMP_POINT=$point COMP_CWORD=$index COMP_WORDS
  COMP_WORDS=("${words[@]}")
  if [[ $COMP_CWORD -eq 0 ]]; then
    _awsmfa_option filenames
    _awsmfa_reply "$(compgen -c -- "$current")"
  else
    _awsmfa_delegate "${words[0]}"
  fi
}

# Does what `complete` was told to do for a command, or for those that it was told nothing about.
_awsmfa_delegate() {
  local command=$1 again=${2:-} specification options=() status=0
  specification=$(_awsmfa_specification "$command" 2>/dev/null) ||
    specification='complete -o bashdefault -o default -D'
  # Bash itself has quoted it, to be read again. The last word is the command, or -D.
  eval "set -- ${specification#complete}"
  while [[ $# -gt 1 ]]; do
    case $1 in
      -o) _awsmfa_option "$2" ;;
      -F) "$2" "$command" "$current" "$previous" || status=$? ;;
      -C) _awsmfa_reply "$(_awsmfa_program "$2")" ;;
      -[AGPSWX]) options+=("$1" "$2") ;;
      *)
        options+=("$1")
        set -- '' "$@"
        ;;
    esac
    shift 2
  done
  # Its way to say that it knows more now.
  if [[ $status -eq 124 && -z $again ]]; then
    _awsmfa_delegate "$command" again
  elif [[ ${#options[@]} -gt 0 ]]; then
    _awsmfa_reply "$(compgen "${options[@]}" -- "$current" 2>/dev/null)"
  fi
}

_awsmfa_specification() {
  complete -p -- "$1" || complete -p -- "${1##*/}" || complete -p -D
}

_awsmfa_program() {
  export COMP_LINE COMP_POINT COMP_TYPE COMP_KEY
  eval "$1 \"\$command\" \"\$current\" \"\$previous\""
}

_awsmfa_reply() {
  local line
  while IFS= read -r line; do
    [[ -z $line ]] || COMPREPLY+=("$line")
  done <<<"$1"
}

# Bash 3.2 has no compopt.
_awsmfa_option() { compopt -o "$1" 2>/dev/null || :; }

complete -F _awsmfa awsmfa

# Bash completes an alias by its own name. What it was told for aws stays as it is.
if ! complete -p aws >/dev/null 2>&1 && type -P aws_completer >/dev/null; then
  complete -C aws_completer aws
fi
