using Ecosystem.Search.Tests.Disk;

// Started by fault tests only: dotnet Ecosystem.Search.Tests.dll save <folder>. Test runners load the assembly instead.
return args switch
{
    ["save", var folder] => SavingProcess.Run(folder),
    _ => 2,
};
