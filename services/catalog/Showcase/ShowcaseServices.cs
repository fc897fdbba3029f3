using Ecosystem.Catalog.Following;
using Ecosystem.Catalog.ReferenceProjects;
using Ecosystem.Catalog.Solutions;
using Ecosystem.Catalog.V1;
using Google.Protobuf;

namespace Ecosystem.Catalog.Showcase;

internal static class ShowcaseServices
{
    public static void AddShowcase(this IServiceCollection services)
    {
        Add<Solution>(services, SolutionKind.Instance);
        Add<ReferenceProject>(services, ReferenceProjectKind.Instance);
    }

    private static void Add<T>(IServiceCollection services, ExhibitKind<T> kind)
        where T : class, IMessage<T>, new()
    {
        services.AddSingleton(kind);
        services.AddSingleton<ExhibitIndex<T>>();
        services.AddSingleton<ExhibitRegister<T>>();
        services.AddSingleton<FindExhibits<T>>();
        services.AddFollowing<ExhibitDocument<T>, ExhibitIndex<T>>(kind.Type, (index, documents) => index.Fill(documents), (index, id) => index.Remove(id));
    }
}
