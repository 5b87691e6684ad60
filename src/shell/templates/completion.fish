# Completion of awsmfa for fish 3.1 and newer: as completions/awsmfa.fish, or sourced.

function __awsmfa_complete --description 'What the word under the cursor can be'
    # Variables may be set before the command.
    set --local words (commandline --current-process --tokenize --cut-at-cursor)
    while string match --quiet --regex '^\w+=' -- $words[1]
        set --erase words[1]
    end
    set --local current (commandline --current-token --cut-at-cursor)

    if test "$words[2]" = session
        __awsmfa_complete_aws "$current" aws $words[3..-1]
        return
    end

    set --local lines (command awsmfa complete -- $words[2..-1] "$current" 2>/dev/null </dev/null)
    # No candidates, but where a command line of its own begins.
    if string match --quiet --regex '^\t' -- $lines[1]
        set --local from (math (string trim -- $lines[1]) + 2)
        __awsmfa_hand_over "$current" $words[$from..-1]
    else if set --query lines[1]
        printf '%s\n' $lines
    end
end

function __awsmfa_hand_over --description 'Completes a command line: its last word comes first'
    # An alias of aws brings its completion back to us.
    set --query __awsmfa_handing_over
    and return
    set --local --export __awsmfa_handing_over yes
    complete --do-complete=(string join ' ' -- (string escape -- $argv[2..-1]) $argv[1])
    set --erase --global __awsmfa_noted
end

function __awsmfa_complete_aws --description 'Completes aws: the last word comes first'
    # By the AWS CLI's own program, where nothing else was told to use it.
    if command --query aws_completer
        and not complete --command aws | string match --quiet '*aws_completer*'
        set --local --export COMP_SHELL fish
        set --local --export COMP_LINE (string join ' ' -- $argv[2..-1] $argv[1])
        set --local --export COMP_POINT (string length -- $COMP_LINE)
        aws_completer 2>/dev/null </dev/null | string trim --right
    else if not __awsmfa_is_done_already
        __awsmfa_hand_over $argv
    end
end

# `alias aws="awsmfa session"` makes fish complete `aws …` as what it is, and then as `awsmfa session …`
# once more, which would take twice as long.

function __awsmfa_note --description 'Remembers what is completed as aws, and offers nothing'
    set --global __awsmfa_noted (commandline --current-process --cut-at-cursor | string collect)
    false
end

function __awsmfa_is_done_already --description 'Whether this was just completed as aws'
    set --query __awsmfa_noted
    or return
    set --local noted (string replace --regex '^\s*\S+' '' -- $__awsmfa_noted | string collect)
    set --erase --global __awsmfa_noted
    set --local line (commandline --current-process --cut-at-cursor | string collect)
    test "$noted" = (string replace --regex '^\s*\S+\s+session' '' -- "$line" | string collect)
end

complete --command awsmfa --erase
complete --command awsmfa --no-files --arguments '(__awsmfa_complete)'
complete --command aws --condition __awsmfa_note
