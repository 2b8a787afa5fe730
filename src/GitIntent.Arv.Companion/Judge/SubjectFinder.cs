using System.Reflection;
using System.Runtime.Loader;
using GitIntent.Arv.Companion.Judging;
using GitIntent.Reliability.Conformance;

namespace GitIntent.Arv.Companion.Judge;

/// <summary>Makes one of every public subject of the assembly.</summary>
internal sealed class SubjectFinder(JudgeRequest request, AnswerFile answer, Watchdog watchdog)
{
    private const int LongestName = 80;

    /// <returns>Null where nothing can be judged, which the answer then says.</returns>
    public List<ConformanceSubject>? Find()
    {
        if (Types() is not { } types)
            return null;
        var subjects = types.Where(type => !request.Unfit.Contains(NameOf(type))).Select(Make).OfType<ConformanceSubject>().ToList();
        if (subjects.GroupBy(static s => s.Name, StringComparer.Ordinal).FirstOrDefault(static g => g.Count() > 1) is { } twice)
        {
            Refuse($"{string.Join(" and ", twice.Select(static s => NameOf(s.GetType())))} have one name, \"{twice.Key}\": reports could not tell them apart; give each a Name of its own");
            return null;
        }
        return subjects;
    }

    public static string NameOf(Type type) => type.FullName ?? type.Name;

    private List<Type>? Types()
    {
        try
        {
            var assembly = AssemblyLoadContext.GetLoadContext(typeof(SubjectFinder).Assembly)!.LoadFromAssemblyPath(request.Assembly);
            var types = assembly.GetTypes()
                .Where(static t => t is { IsVisible: true, IsAbstract: false, ContainsGenericParameters: false } && typeof(ConformanceSubject).IsAssignableFrom(t))
                .OrderBy(NameOf, StringComparer.Ordinal).ToList();
            if (types.Count > 0)
                return types;
            Refuse("it has no public subject: a public class that derives from GitIntent.Reliability.Conformance.ConformanceSubject, with a public constructor without parameters");
        }
        catch (ReflectionTypeLoadException e)
        {
            // A type that cannot be loaded might be a subject.
            Refuse($"not all of its types can be loaded: {string.Join("; ", e.LoaderExceptions.OfType<Exception>().Select(Say).Distinct(StringComparer.Ordinal).Take(3))}");
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or TypeLoadException)
        {
            Refuse($"it cannot be loaded: {Say(e)}");
        }
        return null;
    }

    private ConformanceSubject? Make(Type type)
    {
        var name = NameOf(type);
        if (type.GetConstructor([]) is null)
            return Unfit(name, "it has no public constructor without parameters, so nobody can make one");
        answer.Write(new JudgeLine { Event = JudgeLine.Constructing, Type = name }, JudgeJson.Default.JudgeLine);
        using (watchdog.Watch(TimeSpan.FromMilliseconds(request.LimitMs), JudgeLine.Hung))
        {
            try
            {
                var subject = (ConformanceSubject)Activator.CreateInstance(type)!;
                if (WrongName(subject.Name) is { } wrong)
                    return Unfit(name, wrong);
                answer.Write(new JudgeLine { Event = JudgeLine.Subject, Type = name, Name = subject.Name }, JudgeJson.Default.JudgeLine);
                return subject;
            }
#pragma warning disable CA1031 // Do not catch general exception types: whatever the subject throws is what there is to say.
            catch (Exception e)
#pragma warning restore CA1031
            {
                var cause = (e as TargetInvocationException)?.InnerException ?? e;
                return Unfit(name, $"its constructor throws {cause.GetType().Name}: {Say(cause)}", threw: true);
            }
        }
    }

    private static string? WrongName(string? name) => name switch
    {
        null or "" => "its Name is empty",
        _ when name.Length > LongestName => $"its Name has more than {LongestName} characters",
        _ when name.Any(static c => char.IsControl(c) || c == '/') => "its Name has a slash or a control character; it is part of ids in reports",
        _ => null,
    };

    private ConformanceSubject? Unfit(string type, string reason, bool threw = false)
    {
        answer.Write(new JudgeLine { Event = JudgeLine.Unfit, Type = type, Reason = BrokenPromise.Cut(reason), Threw = threw }, JudgeJson.Default.JudgeLine);
        return null;
    }

    private void Refuse(string reason) => answer.Write(new JudgeLine { Event = JudgeLine.Refused, Reason = BrokenPromise.Cut(reason) }, JudgeJson.Default.JudgeLine);

    /// <summary>What the loader threw says less than what made it throw.</summary>
    private static string Say(Exception e) => (e.InnerException ?? e).Message.ReplaceLineEndings(" ");
}
