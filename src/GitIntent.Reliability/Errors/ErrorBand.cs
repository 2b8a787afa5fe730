namespace GitIntent.Reliability;

/// <summary>The tens of an exit code: who has to act.</summary>
public enum ErrorBand
{
    /// <summary>10–19: nobody; trying again may succeed.</summary>
    Transient = 10,
    /// <summary>20–29: the caller; the request has to change, or its turn has to come.</summary>
    Request = 20,
    /// <summary>30–39: whoever grants rights.</summary>
    Policy = 30,
    /// <summary>40–49: whoever runs or writes the program.</summary>
    Internal = 40,
}
