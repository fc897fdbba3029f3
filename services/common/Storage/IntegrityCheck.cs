namespace Ecosystem.Storage;

/// <summary>How thoroughly an embedded store is checked when it is opened.</summary>
public enum IntegrityCheck
{
    /// <summary>Structure of every page; reads the whole file once.</summary>
    Quick,

    /// <summary>Also that every index agrees with its table.</summary>
    Full,

    /// <summary>Not at all: damage shows when it is met.</summary>
    Off,
}
