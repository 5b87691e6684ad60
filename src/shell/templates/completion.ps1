# Completion of awsmfa for PowerShell 5.1 and newer.

Register-ArgumentCompleter -Native -CommandName awsmfa -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $elements = @($commandAst.CommandElements | Where-Object { $_.Extent.StartOffset -lt $cursorPosition })
    $words = @(foreach ($element in $elements) {
        if ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $element.Value }
        else { $element.Extent.Text }
    })
    # After a space, the word under the cursor is one that is not there yet.
    $current = ''
    if ($elements[-1].Extent.EndOffset -lt $cursorPosition) { $words += '' }
    else { $current = $words[-1] = ([string] $wordToComplete).Trim("'", '"') }

    # Completes the command line that begins at a word, with a command put before it perhaps.
    $handOver = {
        param($from, $command)
        $start = $cursorPosition
        if ($from -lt $elements.Count) { $start = $elements[$from].Extent.StartOffset }
        $script = $commandAst.Extent.StartScriptPosition.GetFullScript()
        $line = $command + $script.Substring($start, $cursorPosition - $start)
        (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches
    }

    if ($words.Count -gt 2 -and $words[1] -ceq 'session') { return & $handOver 2 'aws ' }

    $arguments = @('complete', '--') + $words[1..($words.Count - 1)]
    # An older PowerShell drops an empty argument, unless it is written as quotes.
    $legacy = -not (Test-Path Variable:PSNativeCommandArgumentPassing) -or
        $PSNativeCommandArgumentPassing -eq 'Legacy'
    if ($legacy -and $current -eq '') { $arguments[-1] = '""' }

    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false
        $lines = @(& awsmfa @arguments 2>$null)
    }
    catch { return }
    finally { [Console]::OutputEncoding = $encoding }

    # No candidates, but where a command line of its own begins.
    if ($lines.Count -eq 1 -and $lines[0] -match '^\t(\d+)$') { return & $handOver ([int] $Matches[1] + 1) '' }

    foreach ($line in $lines) {
        $value, $description = $line -split "`t", 2
        if (-not $value.StartsWith($current, [StringComparison]::Ordinal)) { continue }
        $text = $value
        # Its strings end at any of these five quotes.
        if ($value -notmatch '^[\w-][\w./:+=@-]*$') {
            $text = "'" + ($value -replace "['\u2018-\u201B]", '$0$0') + "'"
        }
        if (-not $description) { $description = $value }
        [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $description)
    }
}
