"""Sign-in under the names allauth looks for, and the people's desk."""

from allauth.account.views import LogoutView, PasswordChangeView
from django.urls import include, path, reverse_lazy

from lumbung.portal.accounts import views

desk = [
    path("", views.people, name="people"),
    path("baru", views.add_person, name="add_person"),
    path("organisasi-baru", views.add_organisation, name="add_organisation"),
    path("<int:number>", views.person, name="person"),
    path("<int:number>/peran/<int:membership>/cabut", views.take_role, name="take_role"),
    path("<int:number>/sandi", views.reset_password, name="reset_password"),
    path("<int:number>/keaktifan", views.set_active, name="set_active"),
]

urlpatterns = [
    path("masuk", views.SignIn.as_view(), name="account_login"),
    path("keluar", LogoutView.as_view(template_name="accounts/sign_out.html"), name="account_logout"),
    path(
        "meja/sandi",
        PasswordChangeView.as_view(template_name="accounts/password.html", success_url=reverse_lazy("intake:desk")),
        name="account_change_password",
    ),
    path("meja/orang/", include((desk, "accounts"))),
]
