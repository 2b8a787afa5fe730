using System.Runtime.InteropServices;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Policy;

/// <summary>Numbers findings that are alike within a file: their fingerprints must not be.</summary>
internal sealed class Occurrences
{
    /// <summary>To clear more takes longer than to begin anew, and comes with every file after one that had as many.</summary>
    private const int MostKept = 256;

    private Dictionary<(string Rule, string Anchor), int> _seen = [];
    private string? _path;

    /// <summary>Which of its kind a finding is, from 1. Findings come in the order of the report, so those of a file together.</summary>
    public int Next(Finding finding)
    {
        if (finding.Path != _path && _seen.Capacity > MostKept)
            _seen = [];
        else if (finding.Path != _path)
            _seen.Clear();
        _path = finding.Path;
        return ++CollectionsMarshal.GetValueRefOrAddDefault(_seen, (finding.Rule, finding.Anchor), out _);
    }
}

/// <summary>What a check found, by the check's name, and which of its kind in the file it is.</summary>
internal readonly record struct NumberedFinding(Finding Finding, string Check, int Occurrence);
