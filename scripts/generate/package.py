"""The files of the Python client, from the description, the templates and the hand-written half."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound
from openapi_python_client import Project
from openapi_python_client.parser.properties.literal_enum_property import LiteralEnumProperty
from openapi_python_client.parser.properties.model_property import ModelProperty

from scripts.generate import docstrings, naming
from scripts.generate.classes import Group, groups, written_methods
from scripts.generate.document import Document, for_clients
from scripts.generate.models import Enumeration, Model, check_acyclic, enumeration, model, reachable
from scripts.generate.operations import Call, CallBuilder
from scripts.generate.parsing import GenerationError, configuration, parse
from scripts.generate.passes.blocking import blocking_package, to_blocking
from scripts.generate.passes.checks import check_complete
from scripts.generate.passes.copies import with_sources
from scripts.generate.passes.hints import with_lazy_hints
from scripts.generate.reference import tables

if TYPE_CHECKING:
    from collections.abc import Mapping

EXPORTS = {
    "._client": ("ServerClient",),
    "._output": ("AsyncInstanceOutput",),
    "._run": ("AsyncRun",),
    "._runtime.aio.attachment": ("AsyncAttachment",),
    "._runtime.aio.connection": ("AsyncConnection",),
    "._runtime.aio.duplex.request": ("AsyncDuplexRequest", "AsyncDuplexReply"),
    "._runtime.aio.duplex.connector": ("AsyncDuplexConnector",),
    "._runtime.aio.exchange": ("AsyncExchange",),
    "._runtime.aio.items": ("AsyncItems",),
    "._runtime.aio.reply": ("AsyncReply",),
    "._runtime.aio.streams": ("AsyncStream",),
    "._runtime.call": ("Call", "Progress", "RawResponse", "UNSET", "Unset", "UploadItem", "UploadSource"),
    "._runtime.settings.options": ("Certificate", "HttpOptions"),
    "._runtime.settings.config": ("ApiConfig", "Settings"),
    "._runtime.output": ("Output", "OutputLine", "StandardStream"),
    "._watch": ("AsyncWatch",),
    "._writer": ("AsyncWriter",),
    ".instance": ("ReadName", "WriteName"),
}
"""Names in public signatures, besides client classes, models and errors, by module."""


class Package:
    """The client package.

    Args:
        content: The bundled description.
        templates: The folder of templates.
        classes: The folder with the hand-written parts of the client classes.
        runtime: The folder of the runtime.

    Raises:
        GenerationError: The description has an unsupported feature.
    """

    def __init__(self, content: Mapping[str, Any], *, templates: Path, classes: Path, runtime: Path) -> None:
        self._classes_folder = classes
        self._runtime_folder = runtime
        config = configuration(templates)
        content = for_clients(content)
        data = parse(content, config)
        self.document = Document(content)
        self._env = self._environment(Project(openapi=data, config=config), templates)
        values = {
            frozenset(map(str, prop.values)): (str(prop.class_info.module_name), str(prop.class_info.name))
            for prop in data.enums
            if isinstance(prop, LiteralEnumProperty)
        }
        builder = CallBuilder(self.document, values)
        self.calls: list[Call] = [
            builder.build(self.document.by_name(str(endpoint.name)), endpoint)
            for collection in data.endpoint_collections_by_tag.values()
            for endpoint in collection.endpoints
        ]
        self.groups: list[Group] = groups(self.calls, written_methods(classes))

    def files(self) -> dict[str, str]:
        """Return the texts of all files by their paths below the package.

        Raises:
            GenerationError: A template is missing, or the client would be incomplete.
        """
        files = {"py.typed": ""}
        files.update(self._model_files())
        files.update(self._operation_files())
        files.update(self._class_files())
        files.update(self._runtime_files())
        check_complete(list(self.document.operations), self.calls, self.groups, files)
        return with_sources(with_lazy_hints(files), self._classes_folder, self._runtime_folder)

    def reference(self, files: Mapping[str, str]) -> str:
        """Return the text of `api.md`.

        Args:
            files: The files of the package.
        """
        return self.render("api.md", tables=tables(self.groups, files, self.document))

    def render(self, template: str, **values: object) -> str:
        """Render a template.

        Raises:
            GenerationError: The template is missing.
        """
        try:
            return self._env.get_template(f"{template}.jinja").render(values)
        except TemplateNotFound as error:
            raise GenerationError(f"the template {error.name} is missing in scripts/generate/templates") from error

    def _environment(self, project: Project, templates: Path) -> Environment:
        """Return the generator's own environment, without its stock templates."""
        env: Environment = project.env
        # A stock template must not replace a missing template of ours.
        env.loader = FileSystemLoader(templates)
        env.undefined = StrictUndefined
        env.filters["sentence"] = naming.sentence
        env.globals.update(
            call_docstring=docstrings.call_docstring,
            docstring=docstrings.docstring,
            model_docstring=docstrings.model_docstring,
        )
        return env

    def _model_files(self) -> dict[str, str]:
        used = reachable(root for call in self.calls for root in call.roots)
        models = [model(prop) for prop in used.values() if isinstance(prop, ModelProperty)]
        check_acyclic(models)
        enums = [enumeration(prop, self.document) for prop in used.values() if isinstance(prop, LiteralEnumProperty)]
        files = {f"models/{view.module}.py": self.render("model.py", model=view) for view in models}
        files.update({f"models/{view.module}.py": self.render("enumeration.py", enum=view) for view in enums})
        views: list[Model | Enumeration] = [*models, *enums]
        names = {view.name: f".{view.module}" for view in sorted(views, key=lambda view: view.name)}
        files["models/__init__.py"] = self._lazy("The objects of the API.", names)
        return files

    def _operation_files(self) -> dict[str, str]:
        files = {"api/__init__.py": '"""One module for each operation of the API, by tag."""\n'}
        tags = {tag["name"]: tag.get("description", "") for tag in self.document.content.get("tags", ())}
        for call in self.calls:
            doc = docstrings.module_docstring(f"The operations tagged `{call.tag}`", tags.get(call.tag, ""))
            files[f"api/{call.tag}/__init__.py"] = f"{doc}\n"
            files[f"api/{call.tag}/{call.name}.py"] = self.render("operation.py", call=call)
        return files

    def _class_files(self) -> dict[str, str]:
        modules = {path.name: path.read_text(encoding="utf-8") for path in sorted(self._classes_folder.glob("*.py"))}
        shared = {name: modules.pop(name) for name in ("_model.py",)}
        modules["_operations/__init__.py"] = '"""The methods of the client classes that come from the description."""\n'
        for group in self.groups:
            modules[f"_operations/{group.module}.py"] = self.render("operations.py", group=group)
            modules[f"_operations/raw_{group.module}.py"] = self.render("raw_operations.py", group=group)
        exports = self._exports()
        shared["errors.py"] = self.render("errors.py", names=_classes(self._runtime_folder / "errors.py"))
        beside = ("errors", "models")
        modules["__init__.py"] = self._lazy(
            "An async client for the Scramjet API.", exports, dict.fromkeys((*beside, "sync"), "."), version()
        )
        twins = blocking_package(modules)
        twins["sync/__init__.py"] = self._lazy(
            "A blocking client for the Scramjet API.",
            _blocking_exports(exports),
            dict.fromkeys(beside, ".."),
            version(),
        )
        return {**shared, **modules, **twins}

    def _exports(self) -> dict[str, str]:
        """Return the public names of the package, by module."""
        names = {group.class_name: f".{group.module}" for group in self.groups}
        names["ManagerClient"] = names["SpaceClient"]
        names.update({f"Raw{group.name}": f"._operations.raw_{group.module}" for group in self.groups})
        names.update({name: module for module, found in EXPORTS.items() for name in found})
        names.update(dict.fromkeys(_classes(self._runtime_folder / "errors.py"), "._runtime.errors"))
        return dict(sorted(names.items()))

    def _runtime_files(self) -> dict[str, str]:
        found = sorted(self._runtime_folder.rglob("*.py"))
        files = {str(path.relative_to(self._runtime_folder)): path.read_text(encoding="utf-8") for path in found}
        for path, text in list(files.items()):
            twin = path.replace("aio/", "sync/", 1)
            if path.startswith("aio/") and twin not in files:
                files[twin] = to_blocking(text)
        return {f"_runtime/{path}": text for path, text in files.items()}

    def _lazy(
        self, doc: str, names: Mapping[str, str], modules: Mapping[str, str] | None = None, version: str = ""
    ) -> str:
        return self.render("lazy_init.py", doc=doc, names=names, modules=modules or {}, version=version)


def version() -> str:
    """Return the version of the project, which the client shares."""
    text = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def _classes(path: Path) -> list[str]:
    """Return the public classes that a module defines."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return sorted(node.name for node in body if isinstance(node, ast.ClassDef) and not node.name.startswith("_"))


def _blocking_exports(exports: Mapping[str, str]) -> dict[str, str]:
    moved = {}
    for name, module in exports.items():
        below = module.startswith("._runtime")
        twin = f".{module.replace('._runtime.aio', '._runtime.sync')}" if below else module
        moved[name.removeprefix("Async")] = twin
    return dict(sorted(moved.items()))
