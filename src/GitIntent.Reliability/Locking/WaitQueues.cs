namespace GitIntent.Reliability;

/// <summary>Who waits for which lock, in the order of arrival. The head of each queue has the turn.</summary>
internal sealed class WaitQueues
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RunKey, Queue> _queues = [];
    private volatile int _count;

    /// <summary>Whether anybody waits for it; one read where nobody waits for anything.</summary>
    public bool Any(RunKey key)
    {
        if (_count == 0)
            return false;
        lock (_gate)
            return _queues.ContainsKey(key);
    }

    public Waiter Join(RunKey key)
    {
        lock (_gate)
        {
            if (!_queues.TryGetValue(key, out var queue))
                _queues.Add(key, queue = new());
            var waiter = new Waiter(key);
            queue.AddLast(waiter.Node);
            if (queue.First == waiter.Node)
                waiter.GiveTurn();
            _count++;
            return waiter;
        }
    }

    public void Leave(Waiter waiter)
    {
        lock (_gate)
        {
            var queue = _queues[waiter.Key];
            queue.Remove(waiter.Node);
            _count--;
            if (queue.First is { } next)
                next.Value.GiveTurn();
            else
                _queues.Remove(waiter.Key);
        }
    }

    /// <summary>The lock that the head last saw in the way: what those behind it are told when their time is over.</summary>
    public RunLock? Seen(RunKey key)
    {
        lock (_gate)
            return _queues.GetValueOrDefault(key)?.Seen;
    }

    public void Saw(RunKey key, RunLock? existing)
    {
        lock (_gate)
        {
            if (_queues.TryGetValue(key, out var queue))
                queue.Seen = existing;
        }
    }

    /// <summary>This process released the lock: the head need not hear it from the store.</summary>
    public void Released(RunKey key)
    {
        if (_count == 0)
            return;
        lock (_gate)
        {
            if (_queues.TryGetValue(key, out var queue))
                queue.First!.Value.SignalRelease();
        }
    }

    private sealed class Queue : LinkedList<Waiter>
    {
        public RunLock? Seen { get; set; }
    }
}
