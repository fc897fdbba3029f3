namespace Ecosystem.Rdf.JsonLd;

/// <summary>What a local context makes of the active one (JSON-LD 1.1 API, section 4.1.2).</summary>
internal sealed partial class ContextProcessor(JsonLdRun run, KnownContexts known)
{
    private readonly Dictionary<(ActiveContext, JsonItem, bool, bool), ActiveContext> _scoped = [];

    /// <summary>The context written in a node.</summary>
    public ActiveContext Process(ActiveContext active, JsonItem local) => Process(active, local, run.Limits.BaseIri, new Circumstances());

    /// <summary>The context of a term's definition. Documents use few of them often, so each is worked out once.</summary>
    public ActiveContext ProcessScoped(ActiveContext active, TermDefinition term, bool overrideProtected = false, bool propagate = true)
    {
        (ActiveContext, JsonItem, bool, bool) key = (active, term.Context!, overrideProtected, propagate);
        if (!_scoped.TryGetValue(key, out ActiveContext? result))
        {
            _scoped[key] = result = Process(active, term.Context!, term.ContextBase, new Circumstances { OverrideProtected = overrideProtected, Propagate = propagate });
        }

        return result;
    }

    private ActiveContext Process(ActiveContext active, JsonItem local, string? baseIri, Circumstances circumstances)
    {
        bool propagate = (local as JsonMap)?[Keywords.Propagate] is JsonFlag stated ? stated.Value : circumstances.Propagate;
        ActiveContext result = Copy(active, local);
        if (!propagate)
        {
            result.Previous ??= active;
        }

        foreach (JsonItem context in local.AsList())
        {
            switch (context)
            {
                case JsonNull when !circumstances.OverrideProtected && result.HasProtectedTerms:
                    throw run.Fault("invalid context nullification", context, "A context with protected terms cannot be taken back.");
                case JsonNull:
                    result = new ActiveContext(active.OriginalBase) { Previous = propagate ? null : result.Previous };
                    break;
                case JsonText name:
                    result = Named(result, name, baseIri, circumstances);
                    break;
                case JsonMap map:
                    Apply(result, map, baseIri, circumstances);
                    break;
                default:
                    throw run.Fault("invalid local context", context, "A context is an object, the IRI of a known context, null, or a list of these.");
            }
        }

        return result;
    }

    private ActiveContext Copy(ActiveContext active, JsonItem at)
    {
        run.SpendDefinitions(active.Count, at);
        return active.Copy();
    }

    private ActiveContext Named(ActiveContext active, JsonText name, string? baseIri, Circumstances circumstances)
    {
        string iri = known.Resolve(name, baseIri);
        if (circumstances.Underway.Contains(iri))
        {
            if (!circumstances.ValidateScoped)
            {
                return active;
            }

            if (run.IsVersion10)
            {
                throw run.Fault("recursive context inclusion", name, $"The context <{iri}> includes itself.");
            }
        }

        if (circumstances.Underway.Count >= run.Options.MaxContextDepth)
        {
            throw run.Fault("context overflow", name, $"At most {run.Options.MaxContextDepth} contexts may name one another.");
        }

        JsonItem context = known.Find(iri, name);
        return Process(active, context, iri, new Circumstances { Underway = [.. circumstances.Underway, iri], ValidateScoped = circumstances.ValidateScoped });
    }

    private void Apply(ActiveContext result, JsonMap context, string? baseIri, Circumstances circumstances)
    {
        CheckVersion(context);
        context = WithImport(context, baseIri);
        if (circumstances.Underway.Count == 0)
        {
            SetBase(result, context);
        }

        SetVocabulary(result, context);
        SetLanguage(result, context);
        SetDirection(result, context);
        if (context[Keywords.Propagate] is { } propagate)
        {
            run.Require11("invalid context entry", propagate, "@propagate");
            Flag(propagate, Keywords.Propagate);
        }

        bool isProtected = context[Keywords.Protected] is { } stated && Flag(stated, Keywords.Protected);
        var definer = new LocalContext(context, baseIri, isProtected, circumstances);
        foreach (string term in context.Keys)
        {
            if (!OfContexts.Contains(term))
            {
                Define(result, definer, term);
            }
        }
    }

    /// <param name="Local">The object that is being processed.</param>
    /// <param name="BaseIri">Where its relative references start.</param>
    /// <param name="IsProtected">Whether its terms are protected unless they say otherwise.</param>
    /// <param name="Circumstances">How it came to be processed.</param>
    private sealed record LocalContext(JsonMap Local, string? BaseIri, bool IsProtected, Circumstances Circumstances)
    {
        /// <summary>Terms that are defined (true) or being defined (false).</summary>
        public Dictionary<string, bool> Progress { get; } = [];
    }

    private sealed record Circumstances
    {
        public IReadOnlyList<string> Underway { get; init; } = [];

        public bool OverrideProtected { get; init; }

        public bool Propagate { get; init; } = true;

        public bool ValidateScoped { get; init; } = true;
    }
}
