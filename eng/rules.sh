#!/usr/bin/env bash
# Prints which rules of the city's page (S1–S34) the passed tests prove, from the trait "Rule" in the runner's reports.
# usage: eng/rules.sh FOLDER_WITH_XML_REPORTS
set -euo pipefail
cat "$1"/*.xml | tr '\n' ' ' | sed 's/<test /\n<test /g' | awk '
    /^<test / && /result="Pass"/ {
        line = $0
        while (match(line, /name="Rule" value="[A-Z][0-9]+"/)) {
            rule = substr(line, RSTART, RLENGTH); line = substr(line, RSTART + RLENGTH)
            sub(/.*value="/, "", rule); sub(/"/, "", rule)
            tests[rule]++
            if (match($0, / type="[^"]*"/)) { type = substr($0, RSTART + 7, RLENGTH - 8); sub(/.*\./, "", type)
                if (index(" " where[rule] ",", " " type ",") == 0) where[rule] = where[rule] (where[rule] ? ", " : "") type }
        }
    }
    END {
        print "Rules of the page proven by passed tests:"
        for (i = 1; i <= 34; i++) {
            rule = "S" i
            if (tests[rule]) printf "  %-4s %4d  %s\n", rule, tests[rule], where[rule]; else { printf "  %-4s    –  not covered yet\n", rule; missing++ }
        }
        printf "%d of 34 covered.\n", 34 - missing
    }'
