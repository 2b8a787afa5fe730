using GitIntent.Arv.Model;

namespace GitIntent.Arv.Running;

/// <summary>Several observers as one.</summary>
internal sealed class RunObservers(params IRunObserver[] all) : IRunObserver
{
    public void CheckStarted(string gate, string check) => Array.ForEach(all, o => o.CheckStarted(gate, check));

    public void CheckFinished(string gate, CheckReport check) => Array.ForEach(all, o => o.CheckFinished(gate, check));

    public void GateFinished(GateReport gate) => Array.ForEach(all, o => o.GateFinished(gate));
}
