using GitIntent.Arv.Model;

namespace GitIntent.Arv.Running;

/// <summary>Told what happens while a run goes on, from several threads; it must not throw and must not wait.</summary>
internal interface IRunObserver
{
    void CheckStarted(string gate, string check);

    void CheckFinished(string gate, CheckReport check);

    /// <summary>All checks of the gate have ended; the policy has judged it.</summary>
    void GateFinished(GateReport gate);
}
