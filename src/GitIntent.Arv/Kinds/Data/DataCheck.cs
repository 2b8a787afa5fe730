using System.Collections.Immutable;
using GitIntent.Arv.Model;
using GitIntent.Arv.Schemas;

namespace GitIntent.Arv.Kinds.Data;

internal sealed class DataCheck(DataRules rules, DataFindings make) : ICheck
{
    public ImmutableArray<RuleInfo> Rules { get; } = make.Describe(rules);

    public bool NeedsInputs => rules.JudgesInputs;

    public ValueTask<CheckOutcome> RunAsync(CheckContext context, CancellationToken stop)
    {
        var evidence = new EvidenceBuilder();
        var findings = new List<Finding>();
        var documents = new DataDocuments(context, evidence, make, findings);
        Try(rules.Valid, valid: true);
        Try(rules.Invalid, valid: false);
        if (rules.JudgesInputs)
        {
            var equal = new EqualValues(context.Bindings, documents, make, findings);
            var unique = new UniqueValues(context.Bindings, make, findings);
            foreach (var document in context.Inputs.Files.SelectMany(file => documents.Of(file, stop)))
            {
                Validate(document);
                foreach (var rule in rules.Equal)
                    equal.Judge(rule, document, stop);
                foreach (var rule in rules.Unique)
                    unique.Judge(rule, document);
            }
        }
        return new ValueTask<CheckOutcome>(evidence.Outcome(findings));

        void Validate(DataDocument document)
        {
            foreach (var violation in Violations(document))
                findings.Add(make.Schema(document.Path, violation));
        }

        void Try(ImmutableArray<PathPattern> samples, bool valid)
        {
            foreach (var pattern in samples)
            {
                var matches = pattern.Find(context, stop);
                foreach (var blocked in matches.Blocked)
                    evidence.Refuse(blocked.Path, blocked.Reason);
                if (matches.Files.IsEmpty && matches.Blocked.IsEmpty)
                    findings.Add(make.NoSample(valid, matches.Expanded));
                foreach (var document in matches.Files.SelectMany(file => documents.Of(file, stop)))
                    TrySample(document, valid);
            }
        }

        void TrySample(DataDocument document, bool valid)
        {
            var refusal = evidence.Refusal;
            var violations = Violations(document);
            if (valid)
                findings.AddRange(violations.Select(violation => make.SampleRejected(document.Path, violation)));
            else if (violations.Count == 0 && evidence.Refusal == refusal)
                findings.Add(make.SampleAccepted(document.Path));
        }

        List<Violation> Violations(DataDocument document)
        {
            try
            {
                return rules.Schema?.Validate(document.Root, stop) ?? [];
            }
            catch (SchemaRunException e)
            {
                evidence.Refuse($"{document.Path}: {rules.SchemaPath}: {e.Message}");
                return [];
            }
        }
    }
}
