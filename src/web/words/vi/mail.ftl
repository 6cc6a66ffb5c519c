# Thư điện tử: lời mời, quên mật khẩu
mail-address = Địa chỉ thư điện tử
mail-address-hint = Có thể để trống. Có địa chỉ thì hệ thống gửi đường dẫn qua thư, và người đó tự lấy lại mật khẩu được.
mail-address-wrong = Đây chưa phải địa chỉ thư điện tử. Ví dụ: an.nguyen@example.vn
mail-address-save = Lưu địa chỉ
mail-address-text = Đường dẫn đặt mật khẩu được gửi tới địa chỉ này. Để trống thì không gửi thư.
mail-link-also = Gửi đường dẫn tới { $address }
mail-link-sent = Đường dẫn cũng đang được gửi tới { $address }. Nếu thư không tới, anh/chị dùng đường dẫn hoặc giấy mời dưới đây.
mail-no-server = Hệ thống chưa nối với máy chủ thư: thư được ghi thành tệp, người vận hành chuyển giúp.
people-done-mail = Đã lưu địa chỉ thư.
audit-mail-changed = Đổi địa chỉ thư của một người
audit-link-asked = Có người xin đường dẫn đặt lại mật khẩu

mail-link-subject = Đường dẫn đặt mật khẩu vào hệ thống Lắng Nghe
mail-link-text =
    Kính gửi { $name },

    { $inviter } ({ $unit }) gửi anh/chị đường dẫn để vào hệ thống lấy ý kiến Lắng Nghe với tên đăng nhập { $login }.

    Anh/chị mở đường dẫn này và đặt mật khẩu. Đường dẫn dùng được một lần, đến { $until }:

    { $url }

    Xin không chuyển thư này cho người khác. Nếu anh/chị không chờ thư này, xin bỏ qua và báo cho người gửi.

forgotten-title = Quên mật khẩu
forgotten-text = Anh/chị ghi tên đăng nhập hoặc địa chỉ thư của mình. Hệ thống gửi vào thư một đường dẫn để đặt mật khẩu mới.
forgotten-who = Tên đăng nhập hoặc địa chỉ thư
forgotten-send = Gửi đường dẫn
forgotten-sent-title = Xin xem hộp thư
forgotten-sent = Nếu có tài khoản như vậy và tài khoản có địa chỉ thư, một đường dẫn đang được gửi tới đó. Đường dẫn dùng được trong một giờ.
forgotten-nothing = Không nhận được thư, hoặc tài khoản chưa có địa chỉ thư? Anh/chị hãy nhờ người quản trị tạo đường dẫn mới.
mail-forgotten-subject = Đặt lại mật khẩu vào hệ thống Lắng Nghe
mail-forgotten-text =
    Kính gửi { $name },

    Có người vừa xin đặt lại mật khẩu cho tên đăng nhập { $login }.

    Nếu là anh/chị, xin mở đường dẫn này và đặt mật khẩu mới. Đường dẫn dùng được một lần, đến { $until }:

    { $url }

    Nếu không phải anh/chị, xin bỏ qua thư này: mật khẩu đang dùng vẫn như cũ.
forgotten-no-mail = Hệ thống này chưa gửi được thư điện tử, nên anh/chị không tự đặt lại mật khẩu ở đây được.
forgotten-whom = Anh/chị hãy gặp hoặc gọi người giữ vai trò Quản trị ở cơ quan mình (hoặc cơ quan cấp trên). Người quản trị mở Nhân sự, chọn tên anh/chị, tạo đường dẫn mới và đưa tận tay; anh/chị mở đường dẫn đó để đặt mật khẩu.
