#compdef awsmfa

# Completion of awsmfa for zsh, both as a file `_awsmfa` of fpath and sourced after compinit.
# The completion system itself sets options, IFS and stdin aside before it calls this.

_awsmfa() {
  local line value tab=$'\t'
  local -a lines described

  # Also where `aws` is an alias: zsh puts in what it stands for before it completes.
  if (( CURRENT > 2 )) && [[ ${(Q)words[2]} == session ]]; then
    words=( aws "${(@)words[3,-1]}" )
    (( CURRENT-- ))
    _awsmfa_hand_over
    return
  fi

  lines=( "${(@f)$(command awsmfa complete -- \
    "${(@Q)words[2,CURRENT-1]}" "$IPREFIX${(Q)PREFIX}" 2>/dev/null)}" )

  # No candidates, but where a command line of its own begins.
  if [[ $lines[1] == $tab* ]]; then
    shift $(( ${lines[1]#$tab} + 1 )) words
    (( CURRENT -= ${lines[1]#$tab} + 1 ))
    _awsmfa_hand_over
    return
  fi

  # Of --option=value, the value alone.
  if compset -P 1 '--*='; then lines=( "${(@)lines#--*=}" ); fi
  for line in $lines; do
    value=${line%%$tab*}
    value=${value//\\/\\\\}
    described+=( "${value//:/\\:}${${line#*$tab}:+:${line#*$tab}}" )
  done
  _describe 'awsmfa' described
}

# Completes the words that are left as what they are. Those of aws, where nothing was told for it, by the
# program that the AWS CLI has for this.
_awsmfa_hand_over() {
  if (( CURRENT == 1 )); then
    _command_names -e
  elif [[ $words[1] == aws ]] && (( ${+commands[aws_completer]} && ! ${+_comps[aws]} )); then
    local -x COMP_LINE="${(j: :)words[1,CURRENT-1]} $IPREFIX$PREFIX"
    local -x COMP_POINT=${#COMP_LINE}
    compadd -- ${${(f)"$(aws_completer 2>/dev/null)"}% }
  else
    _normal
  fi
}

if [[ ${funcstack[1]-} == _awsmfa ]]; then
  # Loaded from fpath: this file is the body of the function, which is called now.
  _awsmfa "$@"
elif (( ${+functions[compdef]} )); then
  compdef _awsmfa awsmfa
fi
